/** Wakes a machine of the same network. */
import { createSocket } from 'node:dgram';

const discardPort = 9;
const macPattern = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i;

/** Sends one to a broadcast address. Throws if it cannot be sent. */
export async function sendMagicPacket(
  mac: string,
  broadcastAddress: string,
  port: number = discardPort,
): Promise<void> {
  if (!macPattern.test(mac)) throw new Error(`${mac} is not the address of a network interface`);
  const address = Buffer.from(mac.replaceAll(':', ''), 'hex');
  const packet = Buffer.concat([Buffer.alloc(6, 0xff), ...Array.from({ length: 16 }, () => address)]);
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, () => {
        socket.setBroadcast(true);
        socket.send(packet, port, broadcastAddress, (error) => (error ? reject(error) : resolve()));
      });
    });
  } finally {
    socket.close();
  }
}
