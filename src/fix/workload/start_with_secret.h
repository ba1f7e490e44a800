// A program that reads its secret from a variable only, started so that the variable is filled from a file.
#pragma once

#include "fix/workload/compose_service.h"
#include "fix/workload/secret_file.h"

namespace oakum::fix::workload {

// The service's command behind a shell that exports `variable` from the secret's file. Refused where what the image
// starts is not known, or is not known to pass a command on to a shell.
Done start_with_secret(ComposeService& service, const Workload& workload, const Context& context,
                       std::string_view variable, const SecretFile& secret);

}  // namespace oakum::fix::workload
