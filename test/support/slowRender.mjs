// Stands for a render program: says where it is, takes its time, and leaves a file under the frame's name.
// Arguments: output folder, frame, milliseconds. The file `<frame>.running` names the process while it runs.
import { rmSync, writeFileSync } from 'node:fs';

const [folder, frame, milliseconds] = process.argv.slice(2);
writeFileSync(`${folder}/${frame}.running`, String(process.pid));
const steps = 10;
for (let step = 1; step <= steps; step += 1) {
  await new Promise((resolve) => setTimeout(resolve, Number(milliseconds) / steps));
  console.log(`Progress: ${step * 10}%`);
}
writeFileSync(`${folder}/${frame}.done`, 'frame\n');
rmSync(`${folder}/${frame}.running`, { force: true });
