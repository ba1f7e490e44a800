FROM ruby:3.3.3
RUN apt update -qq && apt install -y nodejs postgresql-client
RUN gem install bundler rails:7.1.3 foreman
WORKDIR /rails
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
ENV RAILS_MASTER_KEY=4f1d2c9be07a8e6d1f30aa5b9c7702de
RUN bundle exec rails assets:precompile
EXPOSE 3000
CMD ["rails", "server", "-b", "0.0.0.0"]
