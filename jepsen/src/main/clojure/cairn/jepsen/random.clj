(ns cairn.jepsen.random
  "Chance. While a test runs, every draw is asked of the run's choices, so one seed gives one
  history. That holds for `rand`, `rand-int`, `rand-nth` and `shuffle` of clojure.core too, which
  every Jepsen test uses: they are redefined, once, to look for a source on their thread and to
  behave as ever where there is none."
  (:import (cairn.model.choice Choice Choices Law$Pick)))

(set! *warn-on-reflection* true)

(def ^:private ^:const steps
  "Every draw is one of these many fractions of the interval from 0 to 1."
  (bit-shift-left 1 53))

(def ^:dynamic *source*
  "The choice that answers draws on this thread; nil outside of tests."
  nil)

(defn source
  "What draws under a name are asked of."
  ^Choice [^Choices choices ^String name]
  (Choice. name (Law$Pick. steps) choices))

(defmacro with-source
  "Evaluates the body with draws asked of a choice."
  [choice & body]
  `(binding [*source* ~choice] ~@body))

(defonce ^:private core-rand clojure.core/rand)

(defn uniform
  "A number from 0 up to, not including, n (by default 1)."
  (^double [] (if-let [^Choice choice *source*]
                (/ (double (.ask choice)) (double steps))
                (double (core-rand))))
  (^double [n] (* (double n) (uniform))))

(defn whole
  "An integer from 0 up to, not including, n."
  ^long [n]
  (long (uniform n)))

(defn one-of
  "One element of a collection that is not empty."
  [coll]
  (nth coll (whole (count coll))))

(defn mixed
  "The elements of a collection in some order, as a vector."
  [coll]
  (loop [left (vec coll) out []]
    (if (empty? left)
      out
      (let [i (whole (count left))
            top (peek left)]
        (recur (if (= i (dec (count left))) (pop left) (assoc (pop left) i top))
               (conj out (nth left i)))))))

(defonce ^:private core-redefined
  ;; Compiled callers inside clojure.core are linked directly, so each function is replaced by itself.
  (do (alter-var-root #'clojure.core/rand (constantly uniform))
      (doseq [[v ours] {#'clojure.core/rand-int whole
                        #'clojure.core/rand-nth one-of
                        #'clojure.core/shuffle mixed}]
        (alter-var-root v (fn [theirs] (fn [x] (if *source* (ours x) (theirs x))))))
      true))
