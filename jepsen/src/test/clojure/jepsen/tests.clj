(ns jepsen.tests
  "Jepsen's namespace of this name, without Jepsen.")

(def noop-test {:name "noop" :os :none})
