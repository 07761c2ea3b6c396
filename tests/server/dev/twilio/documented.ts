// A Call as Twilio's documentation shows it, and its webhooks; only names and types matter.
export const documentedCall = {
  account_sid: 'ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
  answered_by: null,
  api_version: '2010-04-01',
  caller_name: null,
  date_created: 'Tue, 31 Aug 2010 20:36:28 +0000',
  date_updated: 'Tue, 31 Aug 2010 20:36:44 +0000',
  direction: 'inbound',
  duration: '15',
  end_time: 'Tue, 31 Aug 2010 20:36:44 +0000',
  forwarded_from: '+141586753093',
  from: '+15017122661',
  from_formatted: '(415) 867-5308',
  group_sid: null,
  parent_call_sid: null,
  phone_number_sid: 'PNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  price: '-0.03000',
  price_unit: 'USD',
  sid: 'CAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  start_time: 'Tue, 31 Aug 2010 20:36:29 +0000',
  status: 'completed',
  subresource_uris: {
    notifications: '/2010-04-01/Accounts/AC/Calls/CA/Notifications.json',
    recordings: '/2010-04-01/Accounts/AC/Calls/CA/Recordings.json',
    payments: '/2010-04-01/Accounts/AC/Calls/CA/Payments.json',
    events: '/2010-04-01/Accounts/AC/Calls/CA/Events.json',
    siprec: '/2010-04-01/Accounts/AC/Calls/CA/Siprec.json',
    streams: '/2010-04-01/Accounts/AC/Calls/CA/Streams.json',
    transcriptions: '/2010-04-01/Accounts/AC/Calls/CA/Transcriptions.json',
    user_defined_message_subscriptions:
      '/2010-04-01/Accounts/AC/Calls/CA/UserDefinedMessageSubscriptions.json',
    user_defined_messages: '/2010-04-01/Accounts/AC/Calls/CA/UserDefinedMessages.json',
  },
  to: '+14155551212',
  to_formatted: '(415) 867-5309',
  trunk_sid: null,
  uri: '/2010-04-01/Accounts/AC/Calls/CA.json',
  queue_time: '1000',
};

/** Fields that may be null at any time; others are strings. */
export const nullable = [
  'answered_by',
  'caller_name',
  'duration',
  'end_time',
  'forwarded_from',
  'group_sid',
  'parent_call_sid',
  'phone_number_sid',
  'price',
  'start_time',
  'trunk_sid',
];

/** The parameters of every request about a call. */
export const callParameters = [
  'AccountSid',
  'ApiVersion',
  'CallSid',
  'CallStatus',
  'Called',
  'CalledCity',
  'CalledCountry',
  'CalledState',
  'CalledZip',
  'Caller',
  'CallerCity',
  'CallerCountry',
  'CallerState',
  'CallerZip',
  'Direction',
  'From',
  'FromCity',
  'FromCountry',
  'FromState',
  'FromZip',
  'To',
  'ToCity',
  'ToCountry',
  'ToState',
  'ToZip',
];
export const progressParameters = ['CallbackSource', 'SequenceNumber', 'Timestamp'];
export const completedParameters = ['CallDuration', 'Duration', 'SipResponseCode'];

/** The statuses that callbacks may report after each status. */
export const legalNext: Record<string, string[]> = {
  initiated: ['ringing', 'in-progress', 'busy', 'no-answer', 'failed', 'canceled'],
  ringing: ['in-progress', 'busy', 'no-answer', 'failed', 'canceled'],
  'in-progress': ['completed'],
};
