// The interop client of grpc-js.
'use strict';

const { isDeepStrictEqual, inspect } = require('util');
const grpc = require('@grpc/grpc-js');
const interop = require('./interop.js');

const { status } = grpc;

function expect(what, wanted, got) {
  if (!isDeepStrictEqual(wanted, got)) {
    throw new Error(`${what}: expected ${inspect(wanted)}, got ${inspect(got)}`);
  }
}

function expectPayload(what, size, message) {
  const body = message.payload ? message.payload.body : Buffer.alloc(0);
  expect(`size of ${what}`, size, body.length);
  if (!body.equals(Buffer.alloc(size))) {
    throw new Error(`${what} has other bytes than zeros`);
  }
}

const soon = () => ({ deadline: Date.now() + interop.PATIENCE });

const streamingRequest = (responseSize, requestSize) => ({
  response_parameters: [{ size: responseSize }],
  payload: interop.payload(requestSize),
});

const largeRequest = () => ({ response_size: interop.LARGE_RESPONSE, payload: interop.payload(interop.LARGE_REQUEST) });

// A call with one response: all that can be known of it once it is over.
function unary(client, method, request, metadata = new grpc.Metadata(), options = soon()) {
  return new Promise((resolve) => {
    const result = { headers: new grpc.Metadata() };
    const call = client[method](request, metadata, options, (error, response) => {
      result.response = response;
      result.error = error;
    });
    call.on('metadata', (headers) => { result.headers = headers; });
    call.on('status', (ended) => setImmediate(() => resolve({ ...result, status: ended })));
  });
}

// A call with many responses, read one by one.
class Responses {
  constructor(call) {
    this.call = call;
    this.headers = new grpc.Metadata();
    this.messages = [];
    this.waiting = [];
    call.on('metadata', (headers) => { this.headers = headers; });
    call.on('data', (message) => { this.messages.push(message); this.wake(); });
    call.on('error', () => {});
    call.on('status', (ended) => { this.status = ended; this.wake(); });
  }

  wake() {
    this.waiting.splice(0).forEach((resume) => resume());
  }

  async next() {
    while (this.messages.length === 0 && !this.status) {
      await new Promise((resume) => this.waiting.push(resume));
    }
    return this.messages.shift();
  }

  async ended() {
    while (!this.status) {
      await new Promise((resume) => this.waiting.push(resume));
    }
    return this.status;
  }
}

function expectStatus(ended, code, message) {
  expect('the status', status[code], status[ended.code]);
  if (message !== undefined) {
    expect('the status message', message, ended.details);
  }
}

// Node's HTTP/2 joins text values of one name as they arrive, which the protocol allows: they are compared joined.
const joined = (texts) => texts.join(', ');

async function echo(client, pairs) {
  const metadata = new grpc.Metadata();
  pairs.forEach(([name, value]) => metadata.add(name, value));
  const initial = joined(metadata.get(interop.ECHO_INITIAL));
  const trailing = metadata.get(interop.ECHO_TRAILING);

  const result = await unary(client, 'UnaryCall', largeRequest(), metadata);
  expectStatus(result.status, status.OK);
  expectPayload('the response', interop.LARGE_RESPONSE, result.response);
  expect('initial metadata of the unary call', initial, joined(result.headers.get(interop.ECHO_INITIAL)));
  expect('trailing metadata of the unary call', trailing, result.status.metadata.get(interop.ECHO_TRAILING));

  const call = client.FullDuplexCall(metadata, soon());
  const responses = new Responses(call);
  call.write(streamingRequest(31415, 27182));
  call.end();
  const ended = await responses.ended();
  expectStatus(ended, status.OK);
  expect('the number of responses', 1, responses.messages.length);
  expect('initial metadata of the stream', initial, joined(responses.headers.get(interop.ECHO_INITIAL)));
  expect('trailing metadata of the stream', trailing, ended.metadata.get(interop.ECHO_TRAILING));
}

async function cancelledStream(client, metadata) {
  const call = client.FullDuplexCall(metadata, soon());
  const responses = new Responses(call);
  call.write(streamingRequest(31415, 27182));
  const first = await responses.next();
  expect('a first response', true, first !== undefined);
  expectPayload('the response', 31415, first);
  call.cancel();
  expectStatus(await responses.ended(), status.CANCELLED);
}

function metadataOf(name, value) {
  const metadata = new grpc.Metadata();
  metadata.add(name, value);
  return metadata;
}

const cases = {
  async empty_unary({ client }) {
    const result = await unary(client, 'EmptyCall', {});
    expectStatus(result.status, status.OK);
    expect('the response', {}, { ...result.response });
  },

  async large_unary({ client }) {
    const result = await unary(client, 'UnaryCall', largeRequest());
    expectStatus(result.status, status.OK);
    expectPayload('the response', interop.LARGE_RESPONSE, result.response);
  },

  concurrent_large_unary: ({ client }) => Promise.all(Array.from({ length: 1000 }, () => cases.large_unary({ client }))),

  async client_streaming({ client }) {
    const sum = await new Promise((resolve, reject) => {
      const call = client.StreamingInputCall(new grpc.Metadata(), soon(), (error, response) => (error ? reject(error) : resolve(response)));
      interop.REQUEST_SIZES.forEach((size) => call.write({ payload: interop.payload(size) }));
      call.end();
    });
    expect('the sum', 74922, sum.aggregated_payload_size);
  },

  async server_streaming({ client }) {
    const responses = new Responses(
      client.StreamingOutputCall({ response_parameters: interop.RESPONSE_SIZES.map((size) => ({ size })) }, new grpc.Metadata(), soon()));
    expectStatus(await responses.ended(), status.OK);
    expect('the number of responses', interop.RESPONSE_SIZES.length, responses.messages.length);
    interop.RESPONSE_SIZES.forEach((size, i) => expectPayload(`response ${i}`, size, responses.messages[i]));
  },

  async ping_pong({ client }) {
    const call = client.FullDuplexCall(new grpc.Metadata(), soon());
    const responses = new Responses(call);
    for (let i = 0; i < interop.REQUEST_SIZES.length; i++) {
      call.write(streamingRequest(interop.RESPONSE_SIZES[i], interop.REQUEST_SIZES[i]));
      const response = await responses.next();
      expect(`response ${i} is there`, true, response !== undefined);
      expectPayload(`response ${i}`, interop.RESPONSE_SIZES[i], response);
    }
    call.end();
    expect('what follows the last response', undefined, await responses.next());
    expectStatus(await responses.ended(), status.OK);
  },

  async empty_stream({ client }) {
    const call = client.FullDuplexCall(new grpc.Metadata(), soon());
    const responses = new Responses(call);
    call.end();
    expectStatus(await responses.ended(), status.OK);
    expect('the responses', [], responses.messages);
  },

  custom_metadata: ({ client }) => echo(client, [
    [interop.ECHO_INITIAL, 'test_initial_metadata_value'],
    [interop.ECHO_TRAILING, Buffer.from([0xab, 0xab, 0xab])],
  ]),

  repeated_metadata: ({ client }) => echo(client, [
    [interop.ECHO_INITIAL, 'first'],
    [interop.ECHO_TRAILING, Buffer.from([0x00, 0xff, 0x2c, 0x3d])],
    [interop.ECHO_INITIAL, 'second'],
    [interop.ECHO_TRAILING, Buffer.from([0xab])],
  ]),

  async status_code_and_message({ client }) {
    const wanted = { code: 2, message: interop.STATUS_MESSAGE };
    expectStatus((await unary(client, 'UnaryCall', { response_status: wanted })).status, status.UNKNOWN, interop.STATUS_MESSAGE);
    const call = client.FullDuplexCall(new grpc.Metadata(), soon());
    const responses = new Responses(call);
    call.write({ response_status: wanted });
    call.end();
    expectStatus(await responses.ended(), status.UNKNOWN, interop.STATUS_MESSAGE);
  },

  async special_status_message({ client }) {
    const result = await unary(client, 'UnaryCall', { response_status: { code: 2, message: interop.SPECIAL_MESSAGE } });
    expectStatus(result.status, status.UNKNOWN, interop.SPECIAL_MESSAGE);
  },

  async unimplemented_method({ client }) {
    expectStatus((await unary(client, 'UnimplementedCall', {})).status, status.UNIMPLEMENTED);
  },

  async unimplemented_service({ unimplemented }) {
    expectStatus((await unary(unimplemented, 'UnimplementedCall', {})).status, status.UNIMPLEMENTED);
  },

  async cancel_after_begin({ client }) {
    const error = await new Promise((resolve) => {
      const call = client.StreamingInputCall(new grpc.Metadata(), soon(), (failure) => resolve(failure));
      // Cancelled in the same turn, grpc-js 1.14 would report CANCELLED, begin the call after that, and leave it open until its deadline.
      setImmediate(() => call.cancel());
    });
    expect('the status', status[status.CANCELLED], error ? status[error.code] : 'OK');
  },

  cancel_after_first_response: ({ client }) => cancelledStream(client, new grpc.Metadata()),

  async timeout_on_sleeping_server({ client }) {
    const call = client.FullDuplexCall(new grpc.Metadata(), { deadline: Date.now() + 1 });
    const responses = new Responses(call);
    call.write({ payload: interop.payload(27182) });
    expectStatus(await responses.ended(), status.DEADLINE_EXCEEDED);
  },

  async deadline_seen_by_server({ client }) {
    const result = await unary(client, 'UnaryCall', {}, metadataOf(interop.ASK_DEADLINE, '1'));
    expectStatus(result.status, status.OK);
    // Some implementations round the timeout up when they write it, to two or three digits.
    const [left] = result.headers.get(interop.DEADLINE);
    expect(`${left} ms left is within the deadline`, true, Number(left) > 0 && Number(left) <= interop.PATIENCE * 1.05);
  },

  async cancellation_seen_by_server({ client }) {
    const key = `node-${process.pid}-${process.hrtime.bigint()}`;
    await cancelledStream(client, metadataOf(interop.WATCH, key));
    const result = await unary(client, 'UnaryCall', {}, metadataOf(interop.AWAIT_END, key));
    expectStatus(result.status, status.OK);
    expect('how the server saw the call end', ['cancelled'], result.headers.get(interop.ENDED));
  },

  async message_over_limit({ client }) {
    const tooLong = [{ payload: interop.payload(interop.OVER_LIMIT) }, { response_size: interop.OVER_LIMIT }];
    for (const request of tooLong) {
      expectStatus((await unary(client, 'UnaryCall', request)).status, status.RESOURCE_EXHAUSTED);
    }
    await cases.empty_unary({ client });
  },

  async slow_stream({ client }) {
    const request = { response_parameters: Array(5).fill({ size: 100, interval_us: 200000 }) };
    const responses = new Responses(client.StreamingOutputCall(request, new grpc.Metadata(), soon()));
    expectStatus(await responses.ended(), status.OK);
    expect('the number of responses', 5, responses.messages.length);
  },
};

async function main() {
  const flags = interop.parseFlags(['server_host', 'server_port', 'server_host_override', 'test_case', 'use_tls', 'use_test_ca', 'ca_file', 'compression']);
  const target = `${flags.server_host || 'localhost'}:${flags.server_port}`;
  const override = flags.server_host_override;
  const authority = override ? { 'grpc.ssl_target_name_override': override, 'grpc.default_authority': override } : {};
  const options = { ...authority, ...interop.compressionOptions(flags) };
  const credentials = interop.channelCredentials(flags);
  const client = new interop.services.TestService(target, credentials, options);
  const unimplemented = new interop.services.UnimplementedService(target, credentials, options);
  const chosen = !flags.test_case || flags.test_case === 'all' ? interop.STANDARD_CASES : flags.test_case.split(',');
  let failed = 0;
  for (const name of chosen) {
    try {
      await cases[name]({ client, unimplemented });
      console.log(`${name}: ok`);
    } catch (error) {
      failed++;
      console.log(`${name}: FAILED: ${String(error.message).replace(/\s+/g, ' ')}`);
    }
  }
  client.close();
  unimplemented.close();
  process.exitCode = failed ? 1 : 0;
}

main();
