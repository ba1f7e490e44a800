// The entry points that work with the feeds of the table.
#include "advisories/builder.h"
#include "advisories/update.h"

namespace oakum::advisories {

Result<BuildResult> build_database(const std::string& mirror, const std::string& output, const BuildOptions& options) {
  for (const std::string& name : options.only) {
    if (find_feed(name) == nullptr) {
      return fail(ErrorCode::usage, "feed " + name, "there is no such feed", "`oakum db info` lists them");
    }
  }
  return build_database_of(feeds(), mirror, output, options);
}

Result<UpdateResult> update_database(const std::string& folder, const std::string& output,
                                     const UpdateOptions& options) {
  return update_database_of(feeds(), folder, output, options);
}

}  // namespace oakum::advisories
