// A secret of a Compose service as a file, in place of a variable.
#pragma once

#include "fix/workload/compose_service.h"

namespace oakum::fix::workload {

struct SecretFile {
  std::string name;     // of the secret: "db_postgres_password"
  std::string mounted;  // inside the container: "/run/secrets/db_postgres_password"
};

SecretFile secret_file(const Workload& workload, std::string_view variable);

// Declares the secret and grants it; puts `value` into a file below secrets/, which git ignores, into `files`.
Done give_as_file(ComposeService& service, const SecretFile& secret, std::string_view value, std::vector<Edit>& files);

}  // namespace oakum::fix::workload
