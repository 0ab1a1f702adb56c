(ns cairn.jepsen.core
  "Runs tests. A test is a map: `:name`, `:concurrency` (clients), `:client`, `:nemesis`, `:generator`,
  `:checker`, `:db`, `:net`, `:nodes` and `:seed`, and of the system either `:experiment` (a file) or
  `:protocol` with what else an experiment file says, for the simulator in virtual time, or for real
  processes if it is `:live`; or `:system`, or neither, for real time."
  (:refer-clojure :exclude [run!])
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.client :as client]
            [cairn.jepsen.db :as db]
            [cairn.jepsen.experiment :as experiment]
            [cairn.jepsen.live :as live]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.oracle :as oracle]
            [cairn.jepsen.realtime :as realtime]
            [cairn.jepsen.store :as store]
            [cairn.jepsen.system :as system]
            [cairn.jepsen.virtual :as virtual])
  (:import (cairn.fault Answer RecordingChoices ReplayedChoices SeededChoices Shrinker Shrinker$Progress)
           (cairn.model.choice Choices)
           (java.util.function Predicate)))

(set! *warn-on-reflection* true)

(def defaults
  "What a test is, as far as it does not say."
  {:name "test" :concurrency 5 :seed 1 :timeout 1/20
   :client client/noop :nemesis nemesis/noop :db db/noop :generator nil
   :checker (checker/unbridled-optimism)})

(defn- check-parts
  "Throws where what a key of a test holds is no such thing."
  [test]
  (doseq [[k protocol] [[:client client/Client] [:nemesis nemesis/Nemesis] [:db db/DB] [:checker checker/Checker]]]
    (when-not (satisfies? protocol (k test))
      (throw (experiment/mistake k " is something that implements " (symbol (:var protocol)) ", not " (pr-str (k test)))))))

(defn prepared
  "The test, complete, with the names of its machines."
  [test]
  (let [test (merge defaults test)]
    (check-parts test)
    (when-not (pos-int? (:concurrency test))
      (throw (experiment/mistake ":concurrency is one or more: " (pr-str (:concurrency test)))))
    (when (and (:live test) (not (experiment/described? test)))
      (throw (experiment/mistake ":live says that the system of :experiment or :protocol runs as processes: neither is there")))
    (if (experiment/described? test)
      (let [subject (experiment/subject test)]
        (-> test
            (assoc :subject subject)
            (update :nodes #(or % (experiment/roles subject)))))
      (update test :nodes #(or % (when-let [s (:system test)] (system/nodes s)) [])))))

(defn- history-under
  "The test with the history that it has under the answers to its choices."
  [{:keys [subject live] :as test} ^Choices choices]
  (cond
    live (live/run-test test choices)
    subject (virtual/run-test test subject choices)
    :else (realtime/run-test test choices)))

(defn analyze
  "The test with the `:results` of its history. Cairn's properties, if the test names any, are judged
  beside its checker; a run that was cut short by neither its generator nor a property is `:unknown`
  at best."
  ([test] (analyze test {}))
  ([{:keys [checker history properties] :as test} opts]
   (let [all (if (seq properties)
               (checker/compose {:workload checker :properties (oracle/all)})
               checker)
         results (checker/check-safe all test history opts)
         cut (cond
               (:interrupted test) "the run was interrupted"
               (and (:ended-early test) (not-any? (comp false? :valid?) (vals (:judgements test))))
               (str "the run was cut short by the scenario's limit of events: does its generator ever end?"
                    " gen/limit and gen/time-limit end one, :limits {:most-events ...} allows more"))]
     (assoc test :results
            (if cut
              (assoc results :valid? (checker/merge-valid [(:valid? results) :unknown]) :error cut)
              results)))))

(defn- under
  "Runs and checks a prepared test under answers."
  [test choices]
  (analyze (history-under test choices)))

(defn try!
  "Runs a test and checks it, and leaves no files: the test with `:history` and `:results`."
  [test]
  (let [test (prepared test)]
    (under test (SeededChoices. (long (:seed test))))))

(defn- run-under!
  "Runs, checks and stores a prepared test under answers."
  [test choices]
  (let [folder (store/folder! test)
        test (assoc test :folder folder)
        _ (store/save-test! test)
        test (history-under test choices)
        _ (store/save-history! test)
        test (analyze test)]
    (store/save-results! test)
    test))

(defn run!
  "Runs a test, checks it, and stores it all in a folder of its own under `:store` (by default
  \"store\"); answers the test with `:history`, `:results` and `:folder`."
  [test]
  (let [test (prepared test)]
    (run-under! test (SeededChoices. (long (:seed test))))))

(defn campaign
  "Tries a test under many seeds, on all cores, or one after another if it is live. `make` makes the test of a seed (nemeses and databases
  may keep state), or is one map for all. Answers `{:runs :valid :invalid :unknown}`: how many, and
  the seeds of those that are not valid."
  [make seeds]
  (let [make (if (fn? make) make (constantly make))
        verdict (fn [seed] [seed (-> (try! (assoc (make seed) :seed seed)) :results :valid?)])
        live? (:live (make (first seeds)))
        by (group-by second (if live? (mapv verdict seeds) (pmap verdict seeds)))]
    {:runs (count seeds)
     :valid (count (by true))
     :invalid (mapv first (by false))
     :unknown (mapv first (by :unknown))}))

(defn shrink
  "The fewest answers to a run's choices, calm ones elsewhere, under which a test is still invalid:
  `{:answers :of :runs :test}`, the last being the shrunk run. Faults, latencies and the generator's
  draws are all among the choices. `make` makes the test anew for each run."
  ([make seed] (shrink make seed 500))
  ([make seed most-runs]
   (let [make (if (fn? make) make (constantly make))
         attempt (fn [choices] (under (prepared (assoc (make seed) :seed seed)) choices))
         _ (when (:live (make seed))
             (throw (experiment/mistake "a live run cannot be repeated, and so not be shrunk: shrink it in the simulator")))
         recording (RecordingChoices. (SeededChoices. (long seed)))
         found (attempt recording)]
     (when-not (false? (-> found :results :valid?))
       (throw (experiment/mistake "seed " seed " is not invalid: there is nothing to shrink")))
     (let [answers (.answers recording)
           breaks (reify Predicate
                    (test [_ candidate]
                      (false? (-> (attempt (ReplayedChoices. candidate)) :results :valid?))))
           shrinker (Shrinker. breaks (.calm recording) (long most-runs)
                               (reify Shrinker$Progress (shrunk [_ _ _])))
           fewest (.shrink shrinker answers)]
       {:answers (mapv str fewest)
        :of (count answers)
        :runs (.runs shrinker)
        :test (attempt (ReplayedChoices. fewest))}))))

(defn- replayed [answers]
  (ReplayedChoices. (mapv #(Answer/parse ^String %) answers)))

(defn replay
  "Runs a test again under answers that `shrink` found."
  [test answers]
  (under (prepared test) (replayed answers)))

(defn replay!
  "Runs a test again under answers that `shrink` found, and stores it as `run!` does."
  [test answers]
  (run-under! (prepared test) (replayed answers)))
