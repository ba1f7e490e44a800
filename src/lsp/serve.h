// The language server on two file descriptors.
#pragma once

#include "lsp/host.h"

namespace oakum::lsp {

// Until the client says `exit`, or closes its end without: then the status is 1, as for bytes that are no messages.
// Changes that come in one go are checked together.
int serve(int in, int out, Host host);

}  // namespace oakum::lsp
