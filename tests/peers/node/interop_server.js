// The interop server of grpc-js. Prints its port and runs until it is stopped.
'use strict';

const grpc = require('@grpc/grpc-js');
const interop = require('./interop.js');

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// How calls have ended, for clients that ask.
const watches = new Map();

function watched(key) {
  if (!watches.has(key)) {
    let end;
    const ended = new Promise((resolve) => { end = () => resolve('cancelled'); });
    watches.set(key, { end, ended });
  }
  return watches.get(key);
}

function statusAskedFor(request) {
  return request.response_status && request.response_status.code !== 0
    ? { code: request.response_status.code, details: request.response_status.message }
    : null;
}

// Sends what is to be echoed in front, and gives back what is to be echoed behind.
async function echoMetadata(call) {
  const initial = new grpc.Metadata();
  call.metadata.get(interop.ECHO_INITIAL).forEach((value) => initial.add(interop.ECHO_INITIAL, value));
  if (call.metadata.get(interop.ASK_DEADLINE).length > 0) {
    const deadline = call.getDeadline();
    initial.add(interop.DEADLINE, deadline === Infinity ? '-1' : String(Math.round(deadline - Date.now())));
  }
  for (const key of call.metadata.get(interop.AWAIT_END)) {
    initial.add(interop.ENDED, await Promise.race([watched(key).ended, pause(interop.PATIENCE / 2).then(() => 'unknown')]));
  }
  if (Object.keys(initial.getMap()).length > 0) {
    call.sendMetadata(initial);
  }
  const trailing = new grpc.Metadata();
  call.metadata.get(interop.ECHO_TRAILING).forEach((value) => trailing.add(interop.ECHO_TRAILING, value));
  return trailing;
}

// Answers one request of a stream; false when the call is over.
async function respond(call, request, trailing) {
  const asked = statusAskedFor(request);
  if (asked) {
    call.emit('error', { ...asked, metadata: trailing });
    return false;
  }
  for (const parameters of request.response_parameters) {
    if (parameters.interval_us > 0) {
      await pause(parameters.interval_us / 1000);
    }
    call.write({ payload: interop.payload(parameters.size) });
  }
  return true;
}

async function unaryCall(call, callback) {
  const trailing = await echoMetadata(call);
  const asked = statusAskedFor(call.request);
  if (asked) {
    callback({ ...asked, metadata: trailing });
  } else {
    callback(null, { payload: interop.payload(call.request.response_size) }, trailing);
  }
}

// The requests come as events: each is answered once the one before it has been.
function duplexCall(call, collectsFirst) {
  call.metadata.get(interop.WATCH).forEach((key) => call.on('cancelled', () => watched(key).end()));
  const trailing = echoMetadata(call);
  const collected = [];
  let last = trailing.then(() => true);
  const answer = (request) => {
    last = last.then(async (goesOn) => goesOn && respond(call, request, await trailing));
  };
  call.on('data', (request) => (collectsFirst ? collected.push(request) : answer(request)));
  call.on('end', () => {
    collected.forEach(answer);
    last.then(async (goesOn) => goesOn && call.end(await trailing));
  });
}

const flags = interop.parseFlags(['port', 'use_tls', 'tls_cert_file', 'tls_key_file', 'compression']);
const server = new grpc.Server(interop.compressionOptions(flags));
server.addService(interop.services.TestService.service, {
  EmptyCall: (call, callback) => callback(null, {}),
  UnaryCall: unaryCall,
  CacheableUnaryCall: unaryCall,
  async StreamingOutputCall(call) {
    if (await respond(call, call.request, new grpc.Metadata())) {
      call.end();
    }
  },
  StreamingInputCall(call, callback) {
    let sum = 0;
    call.on('data', (request) => { sum += request.payload ? request.payload.body.length : 0; });
    call.on('end', () => callback(null, { aggregated_payload_size: sum }));
  },
  FullDuplexCall: (call) => duplexCall(call, false),
  HalfDuplexCall: (call) => duplexCall(call, true),
});

server.bindAsync(`[::]:${flags.port || 0}`, interop.serverCredentials(flags), (error, port) => {
  if (error) {
    console.error(error.message);
    process.exit(1);
  }
  console.log(`listening on ${port}`);
});
process.on('SIGTERM', () => { server.forceShutdown(); process.exit(0); });
