#include "fix/write/write.h"

namespace oakum::fix {

Written write(const Subjects& subjects, ParsedTexts& texts, const Workload& workload,
              const std::vector<Change>& changes) {
  const Source* source = subjects.source(workload.origin.source);
  if (source == nullptr || source->text.empty())
    return refuse("there is no file to edit: this was not read from a text");
  if (source->derived)
    return refuse("\"" + source->name + "\" was made by another program: change what it is made from");
  switch (workload.surface) {
    case Surface::compose:
      return write_compose(subjects, texts, workload, changes);
    case Surface::kubernetes:
      return write_kubernetes(subjects, texts, workload, changes);
    case Surface::run_command:
      return write_run(subjects, workload, changes);
    case Surface::dockerfile:
    case Surface::image:
    case Surface::container:
    case Surface::kernel:
    case Surface::create_request:
    case Surface::oci_bundle:
      break;
  }
  return refuse("oakum does not edit this surface: change what it was started from");
}

}  // namespace oakum::fix
