(ns cairn.jepsen.live-test
  "One test map in the simulator and on real processes. Of these only what holds however busy the
  machine is: nothing here depends on how soon anything happens."
  (:require [cairn.jepsen.core :as core]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.store :as store]
            [cairn.jepsen.workload :as workload]
            [clojure.java.io :as io]
            [clojure.test :refer [deftest is testing]])
  (:import (cairn.experiment.file UserMistake)
           (java.io File)
           (java.lang ProcessHandle)
           (java.nio.file Files)
           (java.nio.file.attribute FileAttribute)))

(set! *warn-on-reflection* true)

(def ^:private strike {:type :info :f :strike})

(defn- three-nodes
  "Registers whose checkpoints another node keeps. The service beside the application stands still,
  then the application's process is killed."
  []
  (let [{:keys [generator] :as registers} (workload/register {:keys 1 :ops 60 :every 1/100})]
    (merge registers
           {:name "live"
            :protocol :segments
            :settings {:able-nodes 1 :storage-nodes 1 :failure-domains 2 :replicas 1
                       :heartbeat "50 ms" :suspect-after "400 ms" :leave-after "800 ms"}
            :workload {:timeout "500 ms"}
            :limits {:restart "100 ms"}
            :properties ["DUR" "SP"]
            :timeout 5
            :nemesis (nemesis/faults)
            :generator (gen/phases
                        (gen/shortest-any
                         (gen/clients generator)
                         (gen/nemesis [(gen/sleep 1/10)
                                       (assoc strike :value {:pause "service-1"})
                                       {:type :info :f :heal :value {:pause "service-1"}}
                                       (assoc strike :value {:crash "primary"})
                                       {:type :info :f :heal}]))
                        (gen/clients (gen/each-thread (gen/limit 3 (fn [] {:f :read :value (h/tuple 0 nil)})))))})))

(defn- processes
  "The programs of all processes below this one."
  []
  (mapv (fn [^ProcessHandle p] (.getName (File. ^String (.orElse (.command (.info p)) ""))))
        (iterator-seq (.iterator (.descendants (ProcessHandle/current))))))

(defn- temporary [] (str (Files/createTempDirectory "store" (make-array FileAttribute 0))))

(defn- strikes [history] (map (juxt :type :f :value) (filter #(= :nemesis (:process %)) history)))

(deftest one-map-in-the-simulator-and-on-processes
  (let [simulated (core/try! (three-nodes))
        live (core/run! (assoc (three-nodes) :live true :store (temporary)))
        ^File folder (:folder live)]
    (testing "the same faults in the same order"
      (is (= 8 (count (strikes (:history simulated)))))
      (is (= (strikes (:history simulated)) (strikes (:history live)))))
    (testing "nothing that was acknowledged is lost"
      (is (true? (-> live :results :workload :workload :valid?)))
      (is (not-any? (comp false? :valid?) (vals (:judgements live))))
      (is (= ["DUR" "SP"] (keys (:judgements live)))))
    (testing "all is stored"
      (is (= (:history live) (h/retupled (store/history folder))))
      (is (= true (:live (read-string (slurp (io/file folder "test.edn"))))))
      (doseq [f ["results.edn" "timeline.html" "latency-raw.png" "nodes/n0.log" "nodes/n2.log"]]
        (is (.exists (io/file folder f)) f)))
    (testing "no process is left"
      (is (= [] (processes))))))

(deftest an-interrupted-test-is-stored-and-leaves-no-process
  (let [begun (promise)
        test (-> (three-nodes)
                 (assoc :live true :store (temporary)
                        :generator (gen/phases
                                    (gen/nemesis (assoc strike :value {:pause "service-1"}))
                                    (fn [] (deliver begun :begun) nil)
                                    (gen/nemesis (gen/sleep 1000)))))
        done (promise)
        runner (Thread/startVirtualThread
                (bound-fn [] (deliver done (try (core/run! test) (catch Throwable e e)))))]
    (is (= :begun (deref begun 30000 (deref done 1 :stuck))))
    (is (= 3 (count (filter #{"java"} (processes)))))
    (.interrupt runner)
    (let [{:keys [interrupted results history folder]} @done]
      (is (true? interrupted))
      (is (= :unknown (:valid? results)))
      (is (= [:strike :strike] (map :f history)))
      (is (= history (store/history folder)))
      (is (= [] (processes))))))

(deftest what-processes-cannot-do-is-said
  (is (thrown-with-msg? UserMistake #"cannot be repeated" (core/shrink (assoc (three-nodes) :live true) 1)))
  (is (thrown-with-msg? UserMistake #"neither is there" (core/try! {:live true})))
  (is (thrown-with-msg? UserMistake #"a real processor is not slowed down"
                        (core/try! (assoc (three-nodes) :live true
                                          :generator (gen/nemesis {:type :info :f :strike
                                                                   :value {:slow-node "primary" :factor 2}}))))))
