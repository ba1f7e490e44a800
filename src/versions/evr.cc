#include "versions/evr.h"

#include "versions/key.h"

namespace oakum::versions {

// rpm, lib/rpmver.c: parseEVR(). Only digits make an epoch; with anything else the colon is part of the version.
Evr split_evr(std::string_view text) {
  Evr evr;
  std::string_view rest = text;
  const std::string_view digits = take_digits(rest);
  if (take(rest, ':')) {
    evr.epoch = digits;
    text = rest;
  }
  evr.version = text;
  if (const std::size_t hyphen = text.rfind('-'); hyphen != std::string_view::npos) {
    evr.version = text.substr(0, hyphen);
    evr.release = text.substr(hyphen + 1);
  }
  return evr;
}

std::string evr_key(std::string_view text, void (*append_part)(KeyBuilder& key, std::string_view part)) {
  const Evr evr = split_evr(text);
  KeyBuilder key;
  key.number(evr.epoch);
  append_part(key, evr.version);
  key.byte(evr.release ? 1 : 0);
  if (evr.release) append_part(key, *evr.release);
  return std::move(key).take();
}

}  // namespace oakum::versions
