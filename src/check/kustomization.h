// A kustomization says once more what the files say that it is made of. What is found in both is told of the file,
// where it can be mended; what the kustomization mends is no finding of the file.
#pragma once

#include <vector>

#include "model/report.h"

namespace oakum::check {

// Of targets that are files on the disk: reads the kustomizations among them again (resources, bases, components and
// patches; of others', deeper than 16 levels or past 10,000 files, nothing is followed). One that could not be rendered
// changes nothing. What is told of text that another program made stands in no line of the target: its place is the
// whole file, and the line is quoted.
void settle_rendered(std::vector<Target>& targets);

}  // namespace oakum::check
