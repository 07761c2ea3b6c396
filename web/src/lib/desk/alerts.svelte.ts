const soundKey = 'desk-sound';
const shortcutsKey = 'desk-shortcuts';

/** The agent's choice of what this browser does when a phone rings, in the browser only. */
export const alerts = $state({
  sound: false,
  shortcuts: false,
  /** Undefined where the browser has no notifications. */
  notifications: undefined as NotificationPermission | undefined,
});

export function readChoices(): void {
  alerts.sound = localStorage.getItem(soundKey) === 'on';
  alerts.shortcuts = localStorage.getItem(shortcutsKey) !== 'off';
  alerts.notifications = 'Notification' in window ? Notification.permission : undefined;
}

export function setSound(on: boolean): void {
  alerts.sound = on;
  localStorage.setItem(soundKey, on ? 'on' : 'off');
  if (on) beep();
}

export function setShortcuts(on: boolean): void {
  alerts.shortcuts = on;
  localStorage.setItem(shortcutsKey, on ? 'on' : 'off');
}

export async function askForNotifications(): Promise<void> {
  alerts.notifications = await Notification.requestPermission();
}

/** Shows a notification while the page is hidden, replacing the last one; returns the closing of it. */
export function notify(title: string, body: string): () => void {
  if (alerts.notifications !== 'granted' || !document.hidden) return () => undefined;
  try {
    const shown = new Notification(title, { body, tag: 'call' });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    return () => shown.close();
  } catch {
    // Android allows them to service workers only; title and sound remain.
    return () => undefined;
  }
}

/** Plays a quiet ring every two seconds until the returned function is called. */
export function ring(): () => void {
  beep();
  const timer = setInterval(beep, 2_000);
  return () => clearInterval(timer);
}

let audio: AudioContext | undefined;

// Browsers allow sound only after the person has interacted with the page.
function beep(): void {
  audio ??= new AudioContext();
  void audio.resume();
  const start = audio.currentTime;
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.06, start + 0.05);
  volume.gain.setValueAtTime(0.06, start + 0.6);
  volume.gain.linearRampToValueAtTime(0, start + 0.7);
  for (const frequency of [440, 480]) {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(start);
    tone.stop(start + 0.75);
  }
}
