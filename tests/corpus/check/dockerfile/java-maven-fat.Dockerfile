FROM maven:3.9-eclipse-temurin-17
ADD pom.xml /build/
ADD src /build/src
RUN cd /build && mvn -q package -DskipTests
RUN cp /build/target/*.jar /app.jar
ENV DB_PASSWORD=changeme SPRING_PROFILES_ACTIVE=prod
EXPOSE 8080/TCP 5005
ENTRYPOINT java -jar /app.jar
