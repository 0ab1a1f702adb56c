(ns cairn.jepsen.history
  "Operations and histories, in the form that Jepsen, Knossos and Elle read.

  An operation is a map `{:index :time :type :process :f :value}` and what else a client adds; times
  are nanoseconds since the start. A history is a vector of them, invocations and completions, in
  the order in which they happened; `:index` is the place in the whole of it."
  (:require [clojure.edn :as edn]
            [clojure.java.io :as io])
  (:import (clojure.lang MapEntry)
           (java.io PushbackReader Writer)))

(set! *warn-on-reflection* true)

(defn invoke? [op] (= :invoke (:type op)))
(defn ok? [op] (= :ok (:type op)))
(defn fail? [op] (= :fail (:type op)))
(defn info? [op] (= :info (:type op)))

(defn client-op?
  "Whether a client did it: its process is an integer."
  [op]
  (integer? (:process op)))

(defn history
  "A vector of operations with dense indices, and with times (-1 where there is none)."
  [ops]
  (let [ops (vec ops)]
    (if (and (:index (first ops)) (:time (first ops)))
      ops
      (into [] (map-indexed (fn [i op] (assoc op
                                              :index (or (:index op) i)
                                              :time (or (:time op) -1))))
            ops))))

(defn client-ops
  "What clients did, with the indices of the whole history."
  [history]
  (filterv client-op? history))

(defn- mismatch [kind op message]
  (ex-info message {:type kind :op op}))

(defn pairs
  "For each client operation `[invocation completion]`, in the order of the invocations; the
  completion is nil if there is none. Throws `::double-invoke` if a busy process invokes, and
  `::not-running` if an idle one completes."
  [history]
  (let [places (java.util.HashMap.)
        out (java.util.ArrayList.)]
    (doseq [op history :when (client-op? op)]
      (let [process (:process op)]
        (if (invoke? op)
          (do (when (.containsKey places process)
                (throw (mismatch ::double-invoke op
                                 (str "process " process " invokes while it is busy"))))
              (.put places process (.size out))
              (.add out [op nil]))
          (if-let [place (.remove places process)]
            (.set out (int place) [(first (.get out (int place))) op])
            (throw (mismatch ::not-running op
                             (str "process " process " completes what it did not invoke")))))))
    (vec out)))

;; ---- independent keys

(defn tuple
  "A value that belongs to a key; printed as a vector of two."
  [k v]
  (MapEntry/create k v))

(defn tuple? [v] (instance? MapEntry v))

(defn retupled
  "A history that was read from a file, with values that are vectors of two as tuples again."
  [history]
  (mapv (fn [op]
          (let [v (:value op)]
            (if (and (client-op? op) (vector? v) (= 2 (count v)) (not (tuple? v)))
              (assoc op :value (tuple (v 0) (v 1)))
              op)))
        history))

;; ---- files

(def ^:private leading [:index :time :type :process :f :value])

(defn- write-entries [^Writer out op]
  (let [more (sort-by str (remove (set leading) (keys op)))]
    (loop [ks (concat (filter #(contains? op %) leading) more) first? true]
      (when-let [[k & ks] (seq ks)]
        (when-not first? (.write out ", "))
        (print-method k out)
        (.write out " ")
        (print-method (let [v (get op k)] (if (tuple? v) (vec v) v)) out)
        (recur ks false)))))

(defn write-edn!
  "Writes one operation a line, keys in Jepsen's order; the same history gives the same bytes."
  [file history]
  (with-open [^Writer out (io/writer file)]
    (binding [*print-length* nil *print-level* nil *print-namespace-maps* false *print-readably* true]
      (doseq [op history]
        (.write out "{")
        (write-entries out op)
        (.write out "}\n")))))

(defn write-text!
  "Writes process, type, f, value and error, separated by tabs."
  [file history]
  (with-open [^Writer out (io/writer file)]
    (doseq [{:keys [process type f value error]} history]
      (.write out (str process "\t" type "\t" f "\t" (pr-str value)
                       (when error (str "\t" (pr-str error))) "\n")))))

(defn read-edn
  "The history of a file that was written by us or by Jepsen. Tagged records are read as maps."
  [file]
  (with-open [in (PushbackReader. (io/reader file))]
    (let [read-one #(edn/read {:eof ::end :default (fn [_ v] v)} in)]
      (history (take-while (complement #{::end}) (repeatedly read-one))))))
