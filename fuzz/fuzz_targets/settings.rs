#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| boussole::fuzzing::settings(data));
