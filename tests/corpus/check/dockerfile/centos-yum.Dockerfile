FROM centos:7
RUN yum update -y && yum install epel-release
RUN yum -y install httpd-2.4.6 mod_ssl && yum clean all
RUN yum --nogpgcheck -y localinstall http://repo.example.org/agent.rpm
EXPOSE 80/tcp 443/tcp
CMD ["/usr/sbin/httpd", "-DFOREGROUND"]
