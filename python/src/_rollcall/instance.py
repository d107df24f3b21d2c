"""The instance that the host of templates belongs to; set with each call."""

number = 0
isRendering = False
