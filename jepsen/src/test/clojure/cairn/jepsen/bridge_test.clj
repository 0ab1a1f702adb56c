(ns cairn.jepsen.bridge-test
  "The bridge against Jepsen's own names and signatures, which src/test/clojure/jepsen declares."
  (:require [cairn.jepsen.bridge :as bridge]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.service :as service]
            [cairn.jepsen.system :as system]
            [clojure.test :refer [deftest is testing]]
            [jepsen.core :as jepsen]
            [jepsen.db]
            [jepsen.net.proto]))

(defn- recording
  "A system that does nothing but keep what it was told."
  [told]
  (reify system/SystemUnderTest
    (nodes [_] ["a" "b"])
    (request! [_ client _ _] (swap! told conj [:request client]) 7)
    (strike! [_ fault] (swap! told conj [:strike fault]) true)
    (heal! [_ fault] (swap! told conj [:heal fault]))
    (sleep! [_ _])))

(def ^:private read-it {:f :read :value (h/tuple 3 nil)})

(deftest jepsen-drives-what-we-drive
  (let [told (atom [])
        test {:system (recording told) :nodes ["a" "b"] :concurrency 2 :timeout 1 :name "bridged"
              :client (service/register-client) :nemesis (nemesis/faults)
              :db (service/system-db) :net (service/system-net)}
        bridged (bridge/bridged test)
        {:keys [history fs]} (jepsen/run! (assoc bridged :generator
                                                 [(assoc read-it :process 3)
                                                  {:process :nemesis :type :info :f :strike :value {:crash "a"}}]))]
    (testing "clients, under the number of their thread"
      (is (= [:ok [3 7]] ((juxt :type :value) (second history)))))
    (testing "the nemesis, which heals in the end"
      (is (= #{:strike :heal} fs))
      (is (= [[:request 1] [:strike {:crash "a"}] [:heal {:crash "a"}]] @told)))
    (testing "the database"
      (reset! told [])
      (let [db (:db bridged)]
        (doseq [act [jepsen.db/kill! jepsen.db/start! jepsen.db/pause! jepsen.db/resume!]]
          (act db bridged "b"))
        (is (= [[:strike {:crash "b"}] [:heal {:crash "b"}] [:strike {:pause "b"}] [:heal {:pause "b"}]] @told))))
    (testing "the network"
      (reset! told [])
      (let [net (:net bridged)]
        (jepsen.net.proto/drop-all! net bridged {"b" ["a"]})
        (jepsen.net.proto/heal! net bridged)
        (is (= [[:strike {:one-way-cut "a -> b"}] [:heal {:one-way-cut "a -> b"}]] @told))))
    (testing "what is no data is not stored"
      (is (= #{:system :subject :folder} (set (:nonserializable-keys bridged)))))))

(deftest jepsen-drives-real-processes
  (let [test {:name "bridged" :protocol :local-disk :application :key-value :concurrency 1 :timeout 30
              :workload {:timeout "500 ms"} :limits {:restart "100 ms"} :properties ["DUR"]
              :client (service/register-client) :nemesis (nemesis/faults)}
        {:keys [history judgements]}
        (bridge/run! test {:generator [{:f :write :value (h/tuple 3 42)}
                                       {:process :nemesis :type :info :f :strike :value {:crash "primary"}}
                                       {:process :nemesis :type :info :f :heal}
                                       read-it]})]
    (is (= [:ok [3 42]] ((juxt :type :value) (peek history))) "what was acknowledged is there after a kill")
    (is (= ["DUR"] (keys judgements)))))
