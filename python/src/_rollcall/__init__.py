"""What the modules MDispatcherAPI, MClientAPI, MTemplateAPI and muster share; not for import by scripts."""
