#include "base/error.h"

#include <cerrno>
#include <cstring>

namespace oakum {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return "invalid";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::limit:
      return "limit";
    case ErrorCode::not_found:
      return "not-found";
    case ErrorCode::permission:
      return "permission";
    case ErrorCode::io:
      return "io";
    case ErrorCode::network:
      return "network";
    case ErrorCode::auth:
      return "auth";
    case ErrorCode::integrity:
      return "integrity";
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

std::string Error::message() const {
  std::string text = what;
  if (!why.empty()) {
    if (!text.empty()) text += ": ";
    text += why;
  }
  if (!todo.empty()) {
    text += "; ";
    text += todo;
  }
  return text;
}

Error Error::in(std::string_view place) && {
  what = what.empty() ? std::string(place) : std::string(place) + ": " + what;
  return std::move(*this);
}

namespace {

ErrorCode code_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return ErrorCode::not_found;
    case EACCES:
    case EPERM:
      return ErrorCode::permission;
    case ECONNREFUSED:
    case ETIMEDOUT:
      return ErrorCode::network;
    default:
      return ErrorCode::io;
  }
}

}  // namespace

std::unexpected<Error> fail_errno(int error_number, std::string what, std::string_view doing, std::string todo) {
  char buffer[128];
  std::string why = "cannot " + std::string(doing) + ": " + strerror_r(error_number, buffer, sizeof buffer);
  return fail(code_of(error_number), std::move(what), std::move(why), std::move(todo));
}

}  // namespace oakum
