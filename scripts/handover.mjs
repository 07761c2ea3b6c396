// Plain JavaScript without packages: runs on the machine's own Node.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { ensureInstalled, findNode, root, toolEnv } from './install.mjs';

/** Installs what is missing, runs a script on the pinned Node and exits with its code. */
export async function handOver(script) {
  try {
    await ensureInstalled();
    // npm runs it after an installation, unless the user's settings ignore scripts.
    await import('./patches/apply.mjs');
    run(findNode(), [`scripts/${script}`, ...process.argv.slice(2)]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function run(node, args) {
  // The child stops by itself when this channel breaks, so a kill -9 of the launcher leaves nothing running.
  const child = spawn(node, args, {
    cwd: root,
    env: toolEnv(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  const watch = watchNpm(() => child.kill('SIGTERM'));
  child.once('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    clearInterval(watch);
    process.exit(code ?? (signal === 'SIGINT' ? 130 : 1));
  });
}

/** Calls `onDeath` when the npm that started this process has been killed: npm's shell in between passes on no signal. */
function watchNpm(onDeath) {
  if (!process.env.npm_lifecycle_event || !existsSync('/proc/self/stat')) return undefined;
  const npm = isShell(process.ppid) ? parentOf(process.ppid) : process.ppid;
  const startTime = startTimeOf(npm);
  if (!startTime) return undefined;
  return setInterval(() => startTimeOf(npm) === startTime || onDeath(), 500).unref();
}

const isShell = (pid) => /^(ba|da|a|z|k)?sh$/.test(procFile(pid, 'comm').trim());
const parentOf = (pid) => Number(statFields(pid)[1]);
/** Returns a process's start time: a pid alone can be reused. */
const startTimeOf = (pid) => statFields(pid)[19];

/** Returns the fields of /proc/PID/stat after the name: state, parent, ..., start time. */
function statFields(pid) {
  return procFile(pid, 'stat').split(') ').pop()?.split(' ') ?? [];
}

function procFile(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
