#include "net/http.h"

#include <algorithm>
#include <cstring>

#include "net/transfer.h"

namespace oakum::net {

namespace {

constexpr std::size_t kErrorBodyLimit = 64 * 1024;  // of an answer other than 2xx, kept for the message
constexpr std::size_t kBufferLimit = 1 << 20;       // of a stream, ahead of its reader

bool is_success(int status) { return status >= 200 && status < 300; }

struct BoundedBody {
  std::string bytes;
  std::uint64_t limit;
  bool overflowed = false;

  static std::size_t append(char* data, std::size_t size, std::size_t count, void* self) {
    auto* body = static_cast<BoundedBody*>(self);
    const std::size_t n = size * count;
    if (body->bytes.size() + n > body->limit) {
      body->overflowed = true;
      return 0;
    }
    body->bytes.append(data, n);
    return n;
  }
};

std::unexpected<Error> no_handle(const Request& request) {
  return fail(ErrorCode::internal, request.url, "libcurl could not be initialised");
}

struct MultiDeleter {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

// A transfer driven by its reader: nothing moves but inside open() and read(), and the socket is left alone once
// kBufferLimit bytes wait, so that a slow reader slows the sender down.
class CurlStream final : public ByteStream {
 public:
  explicit CurlStream(Request request)
      : request_(std::move(request)), easy_(make_easy_handle()), transfer_(easy_.get(), request_) {}

  ~CurlStream() override {
    if (multi_ && easy_) curl_multi_remove_handle(multi_.get(), easy_.get());
  }

  // Runs the exchange to the first byte of the body, or to its end.
  Result<Response> open() {
    if (easy_) multi_.reset(curl_multi_init());
    if (!multi_) return no_handle(request_);
    transfer_.configure(&CurlStream::on_body, this);
    curl_multi_add_handle(multi_.get(), easy_.get());
    while (!body_started_ && !ended_) OAKUM_CHECK(pump());
    if (ended_ && code_ != CURLE_OK && !body_started_) return std::unexpected(transfer_.error(code_));
    return transfer_.response();
  }

  Result<std::size_t> read(std::span<char> out) override {
    if (out.empty()) return 0;
    last_byte_ = Clock::now();  // idle is the peer's silence while we listen, not the reader's own time
    while (buffered() == 0 && !ended_) {
      resume();
      if (buffered() == 0) OAKUM_CHECK(pump());
    }
    if (buffered() == 0 && code_ != CURLE_OK) return std::unexpected(transfer_.error(code_));
    const std::size_t n = std::min(out.size(), buffered());
    if (n != 0) std::memcpy(out.data(), buffer_.data() + head_, n);
    head_ += n;
    if (head_ == buffer_.size()) {
      buffer_.clear();
      head_ = 0;
    }
    return n;
  }

 private:
  std::size_t buffered() const { return buffer_.size() - head_; }

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto* stream = static_cast<CurlStream*>(self);
    const std::size_t n = size * count;
    stream->body_started_ = true;
    if (stream->buffered() >= kBufferLimit) {
      stream->paused_ = true;
      return CURL_WRITEFUNC_PAUSE;
    }
    stream->buffer_.append(data, n);
    stream->last_byte_ = Clock::now();
    return n;
  }

  void resume() {
    if (!paused_) return;
    paused_ = false;
    curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
  }

  Status pump() {
    if (!polled_) last_byte_ = Clock::now();
    polled_ = true;
    int running = 0;
    const std::size_t before = buffered();
    CURLMcode code = curl_multi_perform(multi_.get(), &running);
    note_end();
    if (code == CURLM_OK && !ended_ && buffered() == before && !paused_) {
      code = curl_multi_poll(multi_.get(), nullptr, 0, 500, nullptr);
    }
    if (code != CURLM_OK) return fail(ErrorCode::network, request_.url, curl_multi_strerror(code));
    if (!ended_ && Clock::now() - last_byte_ > request_.connect_timeout + request_.idle_timeout) return idle();
    if (!ended_ && body_started_ && Clock::now() - last_byte_ > request_.idle_timeout) return idle();
    return {};
  }

  Status idle() {
    ended_ = true;
    code_ = CURLE_OPERATION_TIMEDOUT;
    return fail(ErrorCode::network, request_.url.substr(0, request_.url.find('?')),
                "nothing came for " + std::to_string(request_.idle_timeout.count() / 1000) + " seconds");
  }

  void note_end() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      ended_ = true;
      code_ = message->data.result;
    }
  }

  using Clock = std::chrono::steady_clock;
  const Request request_;
  EasyHandle easy_;
  std::unique_ptr<CURLM, MultiDeleter> multi_;
  Transfer transfer_;
  std::string buffer_;
  std::size_t head_ = 0;
  bool body_started_ = false;
  bool paused_ = false;
  bool polled_ = false;
  bool ended_ = false;
  CURLcode code_ = CURLE_OK;
  Clock::time_point last_byte_{};
};

}  // namespace

Result<Response> fetch(const Request& request) {
  // Kept for its connections; each exchange resets all else.
  static thread_local EasyHandle easy = make_easy_handle();
  if (!easy) return no_handle(request);
  Transfer transfer(easy.get(), request);
  BoundedBody body{.bytes = {}, .limit = request.max_body};
  transfer.configure(&BoundedBody::append, &body);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_LOW_SPEED_TIME,
                   std::max(1L, static_cast<long>(request.idle_timeout.count() / 1000)));
  const CURLcode code = curl_easy_perform(easy.get());
  if (body.overflowed) {
    return fail(ErrorCode::limit, request.url.substr(0, request.url.find('?')),
                "the answer is larger than the limit of " + std::to_string(request.max_body) + " bytes");
  }
  if (code != CURLE_OK) return std::unexpected(transfer.error(code));
  Response response = transfer.response();
  response.body = std::move(body.bytes);
  return response;
}

Result<StreamedResponse> fetch_stream(const Request& request) {
  auto stream = std::make_unique<CurlStream>(request);
  OAKUM_TRY(Response response, stream->open());
  if (is_success(response.status)) return StreamedResponse{std::move(response), std::move(stream)};
  char chunk[4096];
  while (response.body.size() < kErrorBodyLimit) {
    const auto n = stream->read(chunk);
    if (!n || *n == 0) break;
    response.body.append(chunk, *n);
  }
  return StreamedResponse{std::move(response), nullptr};
}

}  // namespace oakum::net
