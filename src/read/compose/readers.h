// Entries of the topics' tables for keys that are one field of Workload: text<&Workload::hostname> and the like.
#pragma once

#include "read/compose/service.h"

namespace oakum::compose {

// A name as a template argument: the key is the node in origins and errors.
template <std::size_t N>
struct Name {
  consteval Name(const char (&text)[N]) {  // NOLINT(google-explicit-constructor)
    for (std::size_t i = 0; i < N; ++i) characters[i] = text[i];
  }
  char characters[N]{};
  constexpr std::string_view view() const { return {characters, N - 1}; }
};

template <Name name, auto field>
constexpr Key text_key{name.view(), [](Service& service, const Value& value) {
                         state_text(service, value, name.view(), service.workload.*field);
                       }};

template <Name name, auto field>
constexpr Key bool_key{name.view(), [](Service& service, const Value& value) {
                         state_all(service, value, name.view(), service.workload.*field, as_bool, "true or false");
                       }};

template <Name name, auto field>
constexpr Key integer_key{name.view(), [](Service& service, const Value& value) {
                            state_all(service, value, name.view(), service.workload.*field, as_integer, "a number");
                          }};

template <Name name, auto field>
constexpr Key double_key{name.view(), [](Service& service, const Value& value) {
                           state_all(service, value, name.view(), service.workload.*field, as_double, "a number");
                         }};

template <Name name, auto field>
constexpr Key bytes_key{name.view(), [](Service& service, const Value& value) {
                          state_all(service, value, name.view(), service.workload.*field, as_bytes, "a size");
                        }};

template <Name name, auto field>
constexpr Key texts_key{name.view(), [](Service& service, const Value& value) {
                          add_texts(service, value, name.view(), service.workload.*field);
                        }};

template <Name name, auto field>
constexpr Key pairs_key{name.view(), [](Service& service, const Value& value) {
                          add_pairs(service, value, name.view(), service.workload.*field);
                        }};

template <Name name, auto field>
constexpr Key command_key{
    name.view(), [](Service& service, const Value& value) {
      const auto state = [&](const Value& one) {
        if (one.is_null() || one.is_map()) return;
        (service.workload.*field).state(command_line(one), origin(service, one, name.view()), all_known(one));
      };
      for (const Value& earlier : value.overridden) state(earlier);
      state(value);
    }};

}  // namespace oakum::compose
