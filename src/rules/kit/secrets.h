// What looks like a secret: by the name it has, by the shape of the value. Findings never hold the value.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/origin.h"

namespace oakum::rules {

// Names are for secrets when a word of theirs (parts between '_', '-', '.') says so and none lets them off:
// DB_PASSWORD and API_KEY, not PASSWORD_FILE, KEY_ALIAS, PUBLIC_KEY, TOKEN_TTL or HOST_AUTH_METHOD.
bool names_a_secret(std::string_view name);
// A word of it lets it off, whatever the others say: KEY_ALIAS, TOKEN_TTL, PASSWORD_MIN_LENGTH.
bool says_no_secret(std::string_view name);

// Tokens whose issuers gave them a recognisable shape ("an AWS access key", "a private key"); "" for none.
std::string_view known_token(std::string_view value);
// A password inside an address or a connection string: "postgres://app:PASSWORD@db/x", "Password=…;".
bool has_connection_password(std::string_view value);
// Text that stands for a value that comes from elsewhere, or that is too plain to be secret: empty, variables, paths,
// addresses, true and false.
bool is_harmless_value(std::string_view value);

// What NAME=VALUE holds: "what looks like a secret, by its name", "an AWS access key", "a connection string with a
// password"; nullopt when nothing does.
enum class SecretKind { named, token, connection };
struct SecretHit {
  SecretKind kind = SecretKind::named;
  std::string what;
};
std::optional<SecretHit> secret_in_variable(std::string_view name, std::string_view value);

// Where `value` stands in the part `within` of `text`; nullopt unless it stands there once, as it is and on one line
// (quotes and folded lines of YAML change what is read).
std::optional<Span> place_of_value(std::string_view text, const Span& within, std::string_view value);

// The line of `text` that `place` begins on, with stars for the values wherever they stand, one for a byte so that
// columns hold; when one of `own` does not stand there as it is (quotes, several lines) the line ends behind the name.
// Reports are kept and mailed.
std::string line_without(std::string_view text, const Span& place, std::span<const std::string_view> own,
                         std::span<const std::string_view> others = {});

}  // namespace oakum::rules
