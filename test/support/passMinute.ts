/** A minute of a farm passes, with its tick and all that follows. */
import type { TestFarm } from './startFarm.ts';

export async function passMinute(farm: TestFarm): Promise<void> {
  farm.clock.advance(60_000);
  await farm.tick();
  await farm.drain();
}
