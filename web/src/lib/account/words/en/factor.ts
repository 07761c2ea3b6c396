import type { Words } from '#server/common/words.ts';

/** The second factor: setting one up, and logging in with it. */
export const words = {
  'factor.required':
    'Your role sees other people’s data, so it needs a second factor. Set one up here; then you can go on.',
  'factor.app': 'Authenticator app',
  'factor.appText':
    'An app on your phone shows a new code every 30 seconds. Logging in then takes your password and a code, so that a stolen password is not enough.',
  'factor.appOn': 'Logging in takes a code of your app, since',
  'factor.startApp': 'Set up an authenticator app',
  'factor.scan': 'Scan this code with the app.',
  'factor.qr': 'QR code with the secret for the app',
  'factor.typeSecret': 'Or type this into it:',
  'factor.openApp': 'Open the app on this device',
  'factor.firstCode': 'Code that the app shows',
  'factor.firstCodeHint': 'Six digits. They change every 30 seconds. All other browsers are then logged out.',
  'factor.turnOn': 'Turn it on',
  'factor.endApp': 'Remove the app',
  'factor.endAppText': 'Its recovery codes no longer work either.',
  'factor.codes': 'Recovery codes',
  'factor.codesOnce':
    'Keep these codes where you find them without your phone. Each logs you in once instead of your second factor. They are shown only now.',
  'factor.codesFile': 'Save as a file',
  'factor.codesKept': 'I have kept them',
  'factor.codesLeft': {
    one: '{count} recovery code is left.',
    other: '{count} recovery codes are left.',
  },
  'factor.renewCodes': 'Make new recovery codes',
  'factor.renewText': 'The former ones no longer work.',
  'factor.step': 'One more step',
  'factor.stepText': 'The password is right. Confirm now that it is you.',
  'factor.stepOver': 'That took longer than ten minutes. Begin again with your password.',
  'factor.code': 'Code',
  'factor.codeHint': 'The six digits that your app shows, or one of your recovery codes.',
  'factor.recoveryCode': 'Recovery code',
  'factor.recoveryHint': 'One of the codes that you kept when you set up your passkey.',
  'factor.beginAgain': 'Log in with another account',

  'passkey.title': 'Passkeys',
  'passkey.text':
    'A passkey confirms your login with the lock of your device (fingerprint, face or PIN) or with a security key. It works on this site only, so nobody can lure it out of you.',
  'passkey.added': 'Added',
  'passkey.lastUsed': 'last used',
  'passkey.unused': 'not used yet',
  'passkey.add': 'Add a passkey',
  'passkey.goOn': 'Go on',
  'passkey.name': 'Name of the passkey',
  'passkey.nameHint': 'So that you recognize it later, such as “Office laptop”.',
  'passkey.make': 'Create the passkey',
  'passkey.rename': 'Rename',
  'passkey.remove': 'Remove',
  'passkey.use': 'Use a passkey',
  'passkey.notMade':
    'No passkey was created. Try again; if it keeps failing, use another device or browser, or an authenticator app.',
  'passkey.notUsed': 'The passkey was not used. Try again, or use a code.',
  'passkey.needsScript': 'Passkeys need JavaScript.',
  'account.said.passkeyAdded': 'The passkey is added.',
  'account.said.passkeyRenamed': 'The passkey has its new name.',
  'account.said.passkeyRemoved': 'The passkey is removed.',

  'errors.wrong_passkey': 'This passkey was not accepted. Try again, within five minutes.',
  'errors.too_many_passkeys': 'You have twenty passkeys. Remove one first.',
  'errors.wrong_code':
    'The code is wrong, too old or used already. Type the one that the app shows now. If it keeps failing, check the clock of your phone.',
  'errors.second_factor_required': 'The password is right. Enter a code of your second factor, too.',
  'errors.second_factor_on': 'An authenticator app is set up already. Remove it first.',
  'errors.second_factor_off': 'No second factor is set up. Begin again.',
  'errors.login_step_over': 'That took too long. Begin again with your password.',
} as const satisfies Words;
