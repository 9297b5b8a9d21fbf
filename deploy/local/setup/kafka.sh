#!/usr/bin/env bash
# kafka.sh: fetches Kafka's jars into .famalink/kafka/lib.
set -eu
lib=$PWD/.famalink/kafka/lib
rm -rf "$lib.new" "$PWD/.famalink/kafka/classes.jsa"
mvn --batch-mode --no-transfer-progress --quiet --file deploy/local/kafka/pom.xml \
    dependency:copy-dependencies "-DoutputDirectory=$lib.new"
rm -rf "$lib"
mv "$lib.new" "$lib"
