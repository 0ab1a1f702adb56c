(ns cairn.jepsen.workload
  "Tests of Cairn's services, as maps to merge others into: application, client, generator, checker."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.independent :as independent]
            [cairn.jepsen.model :as model]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.perf :as perf]
            [cairn.jepsen.random :as random]
            [cairn.jepsen.service :as service]
            [cairn.jepsen.timeline :as timeline]))

(set! *warn-on-reflection* true)

(defn checked
  "The checker, beside statistics, what clients threw, the timeline and the latencies."
  [workload]
  (checker/compose {:workload workload
                    :stats (checker/stats)
                    :exceptions (checker/unhandled-exceptions)
                    :timeline (timeline/html)
                    :perf (perf/perf)
                    :clock (perf/clock-plot)}))

(defn- base [more]
  (merge {:concurrency 6 :db (service/system-db) :net (service/system-net)} more))

;; Reads, writes of values that are not written twice to a key, and cas from what was last seen there.
(defrecord RegisterWork [^long written seen]
  gen/Generator
  (op [this _ context]
    (let [fresh (inc written)
          [f value] (case (random/whole 3)
                      0 [:read nil]
                      1 [:write fresh]
                      [:cas [seen fresh]])
          op (gen/fill-in-op {:f f :value value} context)]
      [op (if (or (= :pending op) (= :read f)) this (RegisterWork. fresh seen))]))
  (update [this _ _ {:keys [type f value]}]
    (if (= :ok type)
      (RegisterWork. written (let [v (if (h/tuple? value) (val value) value)]
                               (if (= :cas f) (second v) v)))
      this)))

(defn register
  "Linearizable registers: `:keys` of them, each for `:ops` operations, by groups of `:threads`
  clients; one operation every `:every` seconds on average."
  ([] (register {}))
  ([{ks :keys :keys [ops threads every] :or {ks 3 ops 40 threads 2 every 1/50000}}]
   (base {:name "register"
          :application {:key-value {:keys (max 512 (long ks))}}
          :concurrency (* (long threads) (min 3 (long ks)))
          :client (service/register-client)
          :generator (gen/stagger every
                                  (independent/concurrent-generator
                                   threads (range ks)
                                   (fn [_] (gen/limit ops (->RegisterWork 0 0)))))
          :checker (checked (independent/checker
                             (checker/linearizable {:model (model/cas-register 0)})))})))

(defn bank
  "Transfers between `:accounts`, and reads of the total, which never changes: `:ops` operations, one
  every `:every` seconds on average."
  ([] (bank {}))
  ([{:keys [accounts initial ops every] :or {accounts 512 initial 100 ops 200 every 1/50000}}]
   (base {:name "bank"
          :application {:bank {:accounts accounts :initial-balance initial}}
          :accounts [:all]
          :total-amount (* (long accounts) (long initial))
          :client (service/bank-client)
          :generator (->> (gen/mix [(gen/repeat {:f :read :value nil})
                                    (fn []
                                      (let [from (random/whole accounts)
                                            to (mod (+ from 1 (random/whole (dec (long accounts)))) (long accounts))]
                                        {:f :transfer :value {:from from :to to :amount (inc (random/whole 20))}}))])
                          (gen/limit ops)
                          (gen/stagger every)
                          gen/clients)
          :checker (checked (checker/bank))})))

(defn under-faults
  "The workload with a nemesis: one of the faults every so many seconds, each healed after `:lasts`
  seconds, while the workload lasts."
  [{:keys [generator] :as test} {:keys [faults every lasts] :or {every 1/500 lasts 1/1000}}]
  (assoc test
         :nemesis (nemesis/faults)
         :generator (gen/phases
                     (gen/shortest-any (gen/clients generator)
                                       (nemesis/strikes every lasts faults))
                     (gen/nemesis {:type :info :f :heal}))))
