// How failure is made, carried and shown: docs/errors.md is the one page about it.
//
// Expected failures are values: a function that can fail returns Result<T>. Exceptions of libraries are caught where
// the library is called and turned into an Error. Assertions are for our own mistakes, never for input.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace oakum {

enum class ErrorCode : std::uint8_t {
  invalid,      // the input breaks its format
  unsupported,  // well-formed, but beyond what oakum reads
  limit,        // a limit on size, depth, count, ratio or time was reached
  not_found,
  permission,
  io,
  network,
  auth,
  integrity,  // a digest, checksum or signature does not match
  usage,      // the command line or configuration is wrong
  internal,
};

std::string_view to_string(ErrorCode code);

// Printed as `what: why; todo` — lower case, no full stop, the thing quoted or named first.
struct [[nodiscard]] Error {
  ErrorCode code = ErrorCode::internal;
  std::string what;  // the thing and the place: "app.tar: layer 3 of 5 (sha256:91c0…)", "feed/x.json:12:4"
  std::string why;   // what is wrong with it
  std::string todo;  // the way out; empty when there is none to name

  std::string message() const;

  // The same error seen from further out: `place` is put before `what`.
  Error in(std::string_view place) &&;

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

inline std::unexpected<Error> fail(ErrorCode code, std::string what, std::string why, std::string todo = {}) {
  return std::unexpected<Error>(Error{code, std::move(what), std::move(why), std::move(todo)});
}

// fail() with the text of errno; maps the common values to their code.
std::unexpected<Error> fail_errno(int error_number, std::string what, std::string_view doing, std::string todo = {});

}  // namespace oakum

// OAKUM_TRY(value, expression): declares `value`, or returns the expression's error. OAKUM_CHECK is for Status.
#define OAKUM_CONCAT_(a, b) a##b
#define OAKUM_CONCAT(a, b) OAKUM_CONCAT_(a, b)
#define OAKUM_TRY(declaration, expression) OAKUM_TRY_(OAKUM_CONCAT(oakum_try_, __LINE__), declaration, expression)
#define OAKUM_TRY_(temporary, declaration, expression)                                  \
  auto temporary = (expression);                                                        \
  if (!temporary) return std::unexpected<::oakum::Error>(std::move(temporary.error())); \
  declaration = std::move(*temporary)
#define OAKUM_CHECK(expression)                                                \
  do {                                                                         \
    if (auto oakum_status = (expression); !oakum_status)                       \
      return std::unexpected<::oakum::Error>(std::move(oakum_status.error())); \
  } while (false)
