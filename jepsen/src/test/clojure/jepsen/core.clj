(ns jepsen.core
  "Runs tests as `jepsen.core/run!` does, as far as the bridge can tell: the same calls in the same
  order, one operation at a time. The generator is a list of operations."
  (:refer-clojure :exclude [run!])
  (:require [jepsen.client :as client]
            [jepsen.db :as db]
            [jepsen.nemesis :as nemesis]))

;; A record, as in Jepsen.
(defrecord Op [index time type process f value])

(defn- checked [op completion]
  (assert (instance? Op completion) "a completion is an operation")
  (assert (= (select-keys op [:process :f]) (select-keys completion [:process :f])))
  (assert (contains? (if (= :nemesis (:process op)) #{:info} #{:ok :fail :info}) (:type completion)))
  completion)

(defn run!
  [{:keys [nodes nemesis generator ssh] first-client :client database :db :as test}]
  (assert (:dummy? ssh) "there is nobody to log into")
  (doseq [node nodes] (db/teardown! database test node))
  (doseq [node nodes] (db/setup! database test node))
  (db/setup-primary! database test (first nodes))
  (let [nemesis (nemesis/setup! nemesis test)
        opened (client/open! first-client test (first nodes))
        _ (client/setup! opened test)
        history (vec (mapcat (fn [op]
                               (let [op (map->Op (merge {:type :invoke :process 0} op))]
                                 [op (checked op (if (= :nemesis (:process op))
                                                   (nemesis/invoke! nemesis test op)
                                                   (client/invoke! opened test op)))]))
                             generator))]
    (assert (boolean? (client/reusable? opened test)))
    (nemesis/teardown! nemesis test)
    (client/teardown! opened test)
    (client/close! opened test)
    (doseq [node nodes] (db/teardown! database test node))
    (assoc test :history history :fs (nemesis/fs nemesis))))
