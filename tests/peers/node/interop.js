// What the interop programs of grpc-js have in common: flags, numbers, and the report of a client.
'use strict';

const fs = require('fs');
const path = require('path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const PROTO = path.resolve(__dirname, '../../Trunkline.Interop/Protos/interop.proto');

exports.services = grpc.loadPackageDefinition(protoLoader.loadSync(PROTO, { keepCase: true, defaults: true, longs: Number })).grpc.testing;

exports.LARGE_REQUEST = 271828;
exports.LARGE_RESPONSE = 314159;
exports.REQUEST_SIZES = [27182, 8, 1828, 45904];
exports.RESPONSE_SIZES = [31415, 9, 2653, 58979];

exports.ECHO_INITIAL = 'x-grpc-test-echo-initial';
exports.ECHO_TRAILING = 'x-grpc-test-echo-trailing-bin';
// Ours, beside the standard ones: what the server saw of a call's deadline and of its end.
exports.ASK_DEADLINE = 'x-trunkline-ask-deadline';
exports.DEADLINE = 'x-trunkline-deadline-ms';
exports.WATCH = 'x-trunkline-watch';
exports.AWAIT_END = 'x-trunkline-await-end';
exports.ENDED = 'x-trunkline-ended';

// More than the 4 MiB that every implementation takes by default.
exports.OVER_LIMIT = 5 * 1024 * 1024;

exports.STATUS_MESSAGE = 'test status message';
exports.SPECIAL_MESSAGE = '\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1f608}\t\n';

exports.STANDARD_CASES = [
  'empty_unary', 'large_unary', 'client_streaming', 'server_streaming', 'ping_pong', 'empty_stream', 'custom_metadata',
  'status_code_and_message', 'special_status_message', 'unimplemented_method', 'unimplemented_service', 'cancel_after_begin',
  'cancel_after_first_response', 'timeout_on_sleeping_server',
];

// No case of a healthy pair takes a second; a call that lasts this long hangs.
exports.PATIENCE = 20000;

// --flag=value and --flag value; a flag without a value is true.
exports.parseFlags = function parseFlags(known) {
  const flags = {};
  const words = process.argv.slice(2);
  for (let i = 0; i < words.length; i++) {
    const match = /^--?([a-z_]+)(?:=(.*))?$/s.exec(words[i]);
    if (!match || !known.includes(match[1])) {
      console.error(`unknown flag ${words[i]}; known are ${known.map((name) => `--${name}`).join(' ')}`);
      process.exit(2);
    }
    const hasNext = i + 1 < words.length && !words[i + 1].startsWith('-');
    flags[match[1]] = match[2] !== undefined ? match[2] : hasNext ? words[++i] : 'true';
  }
  return flags;
};

exports.isTrue = (text) => text !== undefined && ['1', 'true', 'yes'].includes(text.toLowerCase());

exports.payload = (size) => ({ type: 'COMPRESSABLE', body: Buffer.alloc(size) });

// The options of a channel or a server with which it compresses what it sends.
exports.compressionOptions = (flags) => (flags.compression
  ? { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms[flags.compression] }
  : {});

exports.channelCredentials = function channelCredentials(flags) {
  return exports.isTrue(flags.use_tls)
    ? grpc.credentials.createSsl(flags.ca_file ? fs.readFileSync(flags.ca_file) : null)
    : grpc.credentials.createInsecure();
};

exports.serverCredentials = function serverCredentials(flags) {
  return exports.isTrue(flags.use_tls)
    ? grpc.ServerCredentials.createSsl(
      null, [{ private_key: fs.readFileSync(flags.tls_key_file), cert_chain: fs.readFileSync(flags.tls_cert_file) }], false)
    : grpc.ServerCredentials.createInsecure();
};
