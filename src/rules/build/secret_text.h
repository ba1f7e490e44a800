// Secrets in the words of a command: what gives them away.
#pragma once

#include <string_view>

#include "model/shell.h"

namespace oakum::rules {

// A token of a well-known service by its prefix, or a private key in PEM.
bool has_token(std::string_view text);

// The host of scheme://user:password@host or scheme://$TOKEN@host; "" when there is no password.
std::string_view host_with_password(const shell::Word& word);

// A variable of the word whose name says that it holds a secret; "" none.
std::string_view secret_variable(const shell::Word& word);

}  // namespace oakum::rules
