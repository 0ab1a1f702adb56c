(ns cairn.jepsen.edn-test
  "What is on disk, read as Knossos and Elle are given it: by clojure.edn, which knows none of our
  readers, and with the rules of their histories."
  (:require [cairn.jepsen.core :as core]
            [cairn.jepsen.workload :as workload]
            [clojure.edn :as edn]
            [clojure.java.io :as io]
            [clojure.string :as str]
            [clojure.test :refer [deftest is testing]])
  (:import (java.io File)
           (java.nio.file Files)
           (java.nio.file.attribute FileAttribute)))

(set! *warn-on-reflection* true)

(defn- written
  "The lines of the history of a test that was just run, and its results."
  [test]
  (let [store (str (Files/createTempDirectory "store" (make-array FileAttribute 0)))
        {:keys [folder results]} (core/run! (assoc test :store store))]
    [(str/split-lines (slurp (io/file ^File (io/file folder) "history.edn"))) results]))

(defn- well-paired?
  "Whether each process has one operation under way at most, and completes what it began."
  [history]
  (loop [open {}, [{:keys [process type f]} & more :as left] (filter (comp int? :process) history)]
    (cond
      (empty? left) true
      (= :invoke type) (and (not (open process)) (recur (assoc open process f) more))
      :else (and (= f (open process)) (recur (dissoc open process) more)))))

(deftest a-history-on-disk-is-one-that-others-read
  (let [[lines _] (written (merge (workload/under-faults (workload/register {:ops 60})
                                                         {:faults [{:crash "primary"}]})
                                  {:protocol :rdma-pmem, :seed 5}))
        history (mapv edn/read-string lines)]
    (testing "a map on each line, with Jepsen's keys in Jepsen's order"
      (is (every? map? history))
      (is (every? #(str/starts-with? % "{:index ") lines))
      (is (every? #(= [:index :time :type :process :f :value] (vec (take 6 (keys %)))) history)))
    (testing "indices are dense over clients and nemesis, and time does not run backwards"
      (is (= (range (count history)) (map :index history)))
      (is (apply <= (map :time history))))
    (testing "types are Jepsen's; of the nemesis all are :info"
      (is (every? #{:invoke :ok :fail :info} (map :type history)))
      (is (= #{:info} (set (map :type (filter #(= :nemesis (:process %)) history))))))
    (testing "operations pair by process, and a process that crashed does not come back"
      (is (well-paired? history))
      (doseq [{:keys [process index]} (filter #(and (= :info (:type %)) (int? (:process %))) history)]
        (is (not-any? #(and (= process (:process %)) (< (long index) (long (:index %)))) history))))
    (testing "values of independent keys are vectors of two, and reads found something"
      (let [values (map :value (filter #(and (int? (:process %)) (= :ok (:type %))) history))]
        (is (seq values))
        (is (every? #(and (vector? %) (= 2 (count %))) values))
        (is (every? some? (map second values)))))))
