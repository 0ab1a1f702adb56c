(ns cairn.jepsen.java
  "The other side of `cairn.jepsen.Harness`: the one place where values become Java's."
  (:require [cairn.jepsen.checker]
            [cairn.jepsen.core :as core]
            [cairn.jepsen.generator]
            [cairn.jepsen.model]
            [cairn.jepsen.nemesis]
            [cairn.jepsen.workload])
  (:import (java.util ArrayList LinkedHashMap)))

(set! *warn-on-reflection* true)

(defn- converted [x]
  (cond
    (keyword? x) (subs (str x) 1)
    (map? x) (let [out (LinkedHashMap.)]
               (doseq [[k v] x] (.put out (str (converted k)) (converted v)))
               out)
    (coll? x) (ArrayList. ^java.util.Collection (mapv converted x))
    (ratio? x) (double x)
    (symbol? x) (str x)
    :else x))

(def ^:private expressions
  "Where expressions of a Java user are evaluated."
  (delay
    (let [space (create-ns 'cairn.jepsen.java.user)]
      (binding [*ns* space]
        (refer-clojure)
        (doseq [[short full] '{workload cairn.jepsen.workload gen cairn.jepsen.generator
                               nemesis cairn.jepsen.nemesis checker cairn.jepsen.checker
                               model cairn.jepsen.model}]
          (alias short full)))
      space)))

(defn run
  "Runs the test of an expression under a seed."
  [expression seed]
  (let [said (binding [*ns* @expressions] (eval (read-string expression)))
        {:keys [history results]} (core/try! (assoc (if (fn? said) (said seed) said) :seed seed))]
    (converted {:verdict (case (:valid? results) true "VALID" false "INVALID" "UNKNOWN")
                :history history
                :results results})))
