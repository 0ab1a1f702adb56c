(ns jepsen.nemesis
  "Jepsen's protocols of this name, without Jepsen.")

(defprotocol Nemesis
  (setup! [this test])
  (invoke! [this test op])
  (teardown! [this test]))

(defprotocol Reflection
  (fs [this]))
