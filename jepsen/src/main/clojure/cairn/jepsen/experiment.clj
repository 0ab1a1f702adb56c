(ns cairn.jepsen.experiment
  "What a test map says of the system, as an experiment: an experiment file, or the
  same written as data.

  As data, keywords stand for words: in keys their hyphens are spaces, `{:power-loss \"pmu-1\"
  :heal-after \"2 ms\"}`; in values they are kept, `{:persist :native-flush}`. Strings stand as they
  are."
  (:require [clojure.string :as str])
  (:import (cairn.experiment.catalogue Catalogue Shipped)
           (cairn.experiment.definition Experiment ExperimentReader ScenarioReader Variant)
           (cairn.experiment.file UserMistake YamlReader)
           (cairn.experiment.trial Subject)
           (cairn.model Seat)
           (java.nio.file Path)
           (java.util List)
           (java.util.concurrent ConcurrentHashMap)))

(set! *warn-on-reflection* true)

(def ^:private catalogue (delay (Shipped/catalogue)))

(def ^:private reader
  (delay (ExperimentReader. (ScenarioReader. ^Catalogue @catalogue))))

(def ^:private applications
  (delay (set (.applicationNames ^Catalogue @catalogue))))

(defn- word [x]
  (let [n (name x)]
    (if (or (string? x) (@applications n)) n (str/replace n "-" " "))))

(defn yaml
  "Data as YAML on one line."
  [x]
  (cond
    (map? x) (str "{" (str/join ", " (map (fn [[k v]] (str (pr-str (word k)) ": " (yaml v))) x)) "}")
    (coll? x) (str "[" (str/join ", " (map yaml x)) "]")
    (keyword? x) (pr-str (name x))
    (string? x) (pr-str x)
    (nil? x) "{}"
    (ratio? x) (str (double x))
    :else (str x)))

(def ^:private sections
  [:protocol :settings :application :workload :environment :faults :admissible :bounds :limits])

(defn mistake
  "An exception about something that the user of a test wrote."
  [& words]
  (UserMistake. (apply str words)))

(def ^:private read-once
  "The experiment of a text. Reading takes as long as a short run, and runs do not change it."
  (memoize (fn [^String text] (.read ^ExperimentReader @reader "the test" text))))

(defn- written
  "The experiment of a test that names a protocol."
  ^Experiment [test]
  (let [ours {:clients (:concurrency test) :requests 1}
        said (into {} (filter (comp some? val)) (select-keys test sections))
        said (update said :workload #(merge {:timeout "10 ms"} % ours))
        text (yaml (merge {:name "jepsen" :question "does it hold?"} said))]
    (read-once text)))

(defn- from-file ^Experiment [test]
  (let [file (str (:experiment test))]
    (.read ^ExperimentReader @reader (Path/of file (make-array String 0)) file
           ^List (vec (concat (map (fn [[path value]] (str path "=" (if (string? value) value (yaml value))))
                                   (:set test))
                              [(str "workload.clients=" (:concurrency test))])))))

(defn- variant-of ^Variant [^Experiment experiment label]
  (let [variants (.variants experiment)
        labels (mapv #(.label ^Variant %) variants)]
    (cond
      label (or (first (filter #(= label (.label ^Variant %)) variants))
                (throw (mistake ":variant is one of " (pr-str labels) ", not " (pr-str label))))
      (= 1 (count variants)) (first variants)
      :else (throw (mistake ":variant says which one of " (pr-str labels))))))

(defn described?
  "Whether a test says what system of Cairn's it is about."
  [test]
  (boolean (or (:experiment test) (:protocol test))))

(defn subject
  "What a test runs: from `:experiment`, a file, with `:variant` and `:set`, a map of paths and
  values; or from `:protocol`, `:settings`, `:application`, `:environment`, `:faults` and so on."
  ^Subject [test]
  (.subject (variant-of (if (:experiment test) (from-file test) (written test)) (:variant test))))

(defn seats [^Subject subject]
  (vec (.seats (.runs subject))))

(defn roles
  "The names of a subject's machines."
  [subject]
  (mapv #(.role ^Seat %) (seats subject)))

(def ^:private most-read
  "So many faults are remembered: a nemesis strikes with the same few, unless it draws amounts."
  1000)

(def ^:private read-faults
  "Faults by roles and maps. Reading one takes longer than what it does to a short run."
  (ConcurrentHashMap.))

(defn faults
  "The faults of the simulator that a map names; throws for one that the subject cannot have."
  [seats fault]
  (let [k [(mapv #(.role ^Seat %) seats) fault]]
    (or (.get ^ConcurrentHashMap read-faults k)
        (let [read (vec (ScenarioReader/faults (YamlReader/read ^String (pr-str fault) ^String (yaml fault)) seats))]
          (when (< most-read (.size ^ConcurrentHashMap read-faults))
            (.clear ^ConcurrentHashMap read-faults))
          (.put ^ConcurrentHashMap read-faults k read)
          read))))
