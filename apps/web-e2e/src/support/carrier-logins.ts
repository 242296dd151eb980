/** Logins that the sandbox's carriers accept, for what a test prepares. What a test types, it makes up itself. */
export const CARRIER_LOGINS = {
  twilio: { accountSid: 'AC0123456789abcdef0123456789abcdef', authToken: 'token-of-a-test' },
  vonage: { apiKey: 'a1b2c3d4', apiSecret: 'secret-of-a-test' },
  telnyx: { apiKey: 'KEY-of-a-test' },
  'byo-sip-trunk': { gateways: [{ ip: '198.51.100.7' }] },
};
