FROM registry.suse.com/bci/bci-base:15.6
RUN zypper refresh && zypper install -y nginx=1.21.5 && zypper clean --all
RUN zypper install git-core
RUN zypper -n dup
USER nginx
CMD ["/usr/sbin/nginx", "-g", "daemon off;"]
