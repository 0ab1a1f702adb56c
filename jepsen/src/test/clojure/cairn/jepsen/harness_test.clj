(ns cairn.jepsen.harness-test
  "Whole tests, over the simulator in virtual time and in real time."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.cli :as cli]
            [cairn.jepsen.client :as client]
            [cairn.jepsen.core :as core]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.model :as model]
            [cairn.jepsen.oracle :as oracle]
            [cairn.jepsen.store :as store]
            [cairn.jepsen.system :as system]
            [cairn.jepsen.workload :as workload]
            [clojure.java.io :as io]
            [clojure.string :as str]
            [clojure.test :refer [deftest is testing]])
  (:import (cairn.application.keyvalue KeyValueOperation$Get KeyValueOperation$Put)
           (cairn.experiment.file UserMistake)
           (java.nio.file Files)
           (java.nio.file.attribute FileAttribute)))

(defn- power-losses
  "Registers on checkpoints in persistent memory, whose store loses power as the primary dies."
  [persist]
  (fn [seed]
    (merge (workload/under-faults (workload/register {:ops 60})
                                  {:every 1/1000 :lasts 1/2000
                                   :faults [[{:power-loss "pmu-1"} {:crash "primary"}]]})
           {:protocol :rdma-pmem :seed seed
            :settings {:mode :append :persist persist :acknowledge :durable}
            :environment {:persistence-domain :adr :ddio :off :native-flush :on}})))

(def ^:private some-seeds (range 1 6))

(deftest a-sound-protocol-passes
  (is (= {:runs 5 :valid 5 :invalid [] :unknown []}
         (core/campaign (power-losses :native-flush) some-seeds))))

(deftest a-completion-taken-for-durability-is-caught
  (let [make (power-losses :completion-only)
        {:keys [invalid]} (core/campaign make some-seeds)]
    (is (seq invalid))
    (testing "and shrunk"
      (let [{:keys [answers of test]} (core/shrink make (first invalid) 25)]
        (is (< (count answers) of))
        (is (false? (-> test :results :valid?)))
        (testing "and replayed"
          (is (= (:history test)
                 (:history (core/replay (assoc (make (first invalid)) :seed (first invalid)) answers)))))))
    (testing "by what it claimed, too"
      (let [judged (core/try! (assoc (make (first invalid)) :properties ["DUR" "SP" "OUT" "MONO"]
                                     :checker (checker/compose {:epochs (oracle/acknowledged-epochs-survive)
                                                                :primary (oracle/one-primary)
                                                                :outputs (oracle/outputs-once)})))]
        (is (false? (-> judged :results :valid?)))
        (is (some false? (map :valid? (vals (:judgements judged)))))))))

(deftest what-was-shrunk-is-kept
  (let [store (str (Files/createTempDirectory "store" (make-array FileAttribute 0)))
        file (java.io.File/createTempFile "shrunk" ".clj")]
    (try
      (spit file (pr-str `(fn [seed#] (assoc ((@#'power-losses :completion-only) seed#) :name "shrunk" :store ~store))))
      (let [seed (first (filter #(false? (-> (core/try! (assoc ((power-losses :completion-only) %) :seed %)) :results :valid?))
                                some-seeds))
            code (atom nil)
            said (with-out-str (reset! code (cli/execute [(str file) "--seed" (str seed) "--shrink"])))
            folder (second (re-find #"The shrunk run is in (.*)" said))]
        (is (= 1 @code))
        (is (re-find #"^(None of|\d+ of) \d+ answers" said))
        (is (re-find #":valid\? false" (slurp (str folder "/results.edn")))))
      (finally (.delete file)))))

(deftest one-seed-gives-one-history
  (let [written (fn [seed]
                  (let [file (java.io.File/createTempFile "history" ".edn")]
                    (try
                      (h/write-edn! file (:history (core/try! ((power-losses :native-flush) seed))))
                      (slurp file)
                      (finally (.delete file)))))]
    (is (= (written 3) (written 3)))
    (is (not= (written 3) (written 4)))
    (is (str/starts-with? (written 3) "{:index 0, :time "))))

(deftest a-bank-on-a-local-disk
  (let [test (core/try! (merge (workload/under-faults (workload/bank {:ops 60})
                                                      {:faults [{:crash "primary"}] :every 1/200 :lasts 1/500})
                               {:protocol :local-disk :timeout 1/10}))]
    (is (true? (-> test :results :workload :valid?)))
    (is (pos? (long (-> test :results :workload :read-count))))))

(deftest a-test-is-stored
  (let [root (str (Files/createTempDirectory "store" (make-array FileAttribute 0)))
        test (core/run! (assoc ((power-losses :native-flush) 1) :store root))
        in #(io/file root "register" "latest" %)]
    (is (= ["history.edn" "history.txt" "latency-quantiles.png" "latency-raw.png" "rate.png" "results.edn" "test.edn" "timeline.html"]
           (sort (filter #(.isFile ^java.io.File (in %)) (.list (io/file root "register" "latest"))))))
    (is (= (:history test) (h/retupled (store/history (:folder test)))))
    (is (true? (:valid? (store/results (:folder test)))))
    (is (= (slurp (in "history.edn")) (slurp (io/file root "current" "history.edn"))))
    (is (= 1 (:seed (read-string (slurp (in "test.edn"))))))
    (is (str/includes? (slurp (in "timeline.html")) "process 0"))))

(deftest clients-may-block
  (let [opened (atom 0)
        blocking (reify client/Client
                   (open! [this _ _] (swap! opened inc) this)
                   (close! [_ _])
                   (setup! [_ test] (system/ask! test (KeyValueOperation$Put. 7 42)))
                   (invoke! [_ test {:keys [f] :as op}]
                     (case f
                       :read (do (system/sleep! (:system test) 1000000)
                                 (assoc op :type :ok :value (system/ask! test (KeyValueOperation$Get. 7))))
                       :throw (throw (IllegalStateException. "no"))
                       :lie (assoc op :type :invoke)))
                   (teardown! [_ _]))
        {:keys [history]} (core/try! {:protocol :local-disk :application :key-value :concurrency 1
                                      :client blocking :timeout 1
                                      :generator (gen/clients [{:f :read} {:f :throw} {:f :lie} {:f :read}])})
        completions (remove h/invoke? history)]
    (is (= [[:ok 42] [:info nil] [:info nil] [:ok 42]] (map (juxt :type :value) completions)))
    (is (= [0 0 1 2] (map :process completions)) "a crashed process is followed by another")
    (is (= IllegalStateException (resolve (-> completions second :exception :via first :type))))
    (is (<= 1000000 (- (long (:time (first completions))) (long (:time (first history))))))
    (testing "each process has a client of its own"
      ;; One for each node's setup, three for processes.
      (is (= 3 (- (long @opened) 1))))))

(deftest a-client-that-cannot-open-fails
  (let [closed (reify client/Client
                 (open! [_ _ node] (throw (java.io.IOException. (str "no way to " node))))
                 (close! [_ _]) (setup! [_ _]) (invoke! [_ _ op] op) (teardown! [_ _]))
        run (fn [client] (core/try! {:nodes [] :concurrency 1 :client client
                                     :generator (gen/clients [{:f :read}])}))]
    (testing "before the test, it stops the test"
      (is (thrown? java.io.IOException (run closed))))
    (testing "in the test, an operation"
      (let [first? (atom true)
            later (reify client/Client
                    (open! [this test node] (if (compare-and-set! first? true false) this (client/open! closed test node)))
                    (close! [_ _]) (setup! [_ _]) (invoke! [_ _ op] op) (teardown! [_ _]))]
        (is (= [:fail [:no-client "no way to "]]
               ((juxt :type :error) (last (:history (run later))))))))))

(deftest what-a-user-wrote-wrongly-is-said
  (is (thrown-with-msg? UserMistake #"did you mean 'rdma-pmem'" (core/try! {:protocol :rdma-pmen})))
  (is (thrown-with-msg? UserMistake #"unknown role 'pmu'"
                        (core/try! (assoc (workload/under-faults (workload/register) {:faults [{:power-loss "pmu"}]})
                                          :protocol :rdma-pmem)))))

(deftest an-experiment-file-says-what-is-tested
  (let [test (core/try! (assoc (workload/register {:ops 10})
                               :experiment "../experiments/library/quickstart.yaml"
                               :set {"application" {:key-value {:keys 512}}}
                               :seed 2))]
    (is (true? (-> test :results :valid?)))
    (is (some #{"pmu-1"} (:nodes test)))))

;; ---- real time

(deftest real-time
  (let [value (atom nil)
        register (reify client/Client
                   (open! [this _ _] this) (close! [_ _]) (setup! [_ _]) (teardown! [_ _])
                   (invoke! [_ _ {:keys [f] v :value :as op}]
                     (case f
                       :read (assoc op :type :ok :value @value)
                       :write (do (reset! value v) (assoc op :type :ok)))))
        test {:concurrency 3 :client register
              :generator (gen/phases
                          (gen/clients (gen/limit 60 (gen/stagger 1/100000
                                                                  (gen/mix [(gen/repeat {:f :read})
                                                                            (fn [] {:f :write :value (long (rand-int 5))})]))))
                          (gen/nemesis {:type :info :f :nothing})
                          (gen/clients (gen/each-thread (gen/until-ok {:f :read}))))
              :checker (checker/linearizable {:model (model/register)})}
        {:keys [history results]} (core/try! test)]
    (is (true? (:valid? results)))
    (is (= (+ 120 2 6) (count history)))
    (is (= (range (count history)) (map :index history)))
    (is (apply <= (map :time (filter (complement h/invoke?) history))))))
