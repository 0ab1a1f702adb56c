(ns cairn.jepsen.service
  "Clients of Cairn's services, and the database and network that faults strike: what makes a test map
  out of operation maps."
  (:require [cairn.jepsen.client :as client]
            [cairn.jepsen.db :as db]
            [cairn.jepsen.experiment :as experiment]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.net :as net]
            [cairn.jepsen.system :as system]
            [clojure.string :as str])
  (:import (cairn.application.bank BankOperation$Audit BankOperation$Balance BankOperation$Transfer)
           (cairn.application.keyvalue KeyValueOperation$CompareAndSet KeyValueOperation$Get KeyValueOperation$Put)))

(set! *warn-on-reflection* true)

(defrecord ServiceClient [asks]
  client/Client
  (open! [this _ _] this)
  (close! [_ _])
  (setup! [_ _])
  (invoke! [_ test op]
    (let [{:keys [operation complete]} (asks op)]
      (complete (try (system/ask! test operation)
                     (catch clojure.lang.ExceptionInfo e
                       (when-not (system/timeout? e) (throw e)))))))
  (teardown! [_ _])
  client/Reusable
  (reusable? [_ _] true)
  client/Asking
  (asks [_ _ op] (asks op)))

(defn- asked
  "What asks for something. An operation that was not answered in time may have happened, unless it
  only reads."
  [op reads? operation complete]
  {:operation operation
   :complete (fn [answer]
               (if (nil? answer)
                 (assoc op :type (if reads? :fail :info) :error :timeout)
                 (complete answer)))})

(defn register-client
  "Keys of the key-value service as registers: `:read`, `:write v`, `:cas [old new]`, each a tuple
  with its key. A register holds 0 before the first write, which says \"absent\" better than nil."
  []
  (->ServiceClient
   (fn [{:keys [f value] :as op}]
     (let [[k v] value
           k (int k)
           done #(assoc op :type :ok :value (h/tuple k %))]
       (case f
         :read (asked op true (KeyValueOperation$Get. k) done)
         :write (asked op false (KeyValueOperation$Put. k (long v)) (fn [_] (done v)))
         :cas (let [[old new] v]
                (asked op false (KeyValueOperation$CompareAndSet. k (long old) (long new))
                       (fn [found] (if (= found old) (done v) (assoc op :type :fail))))))))))

(defn bank-client
  "The bank: `:transfer {:from :to :amount}`, whose balance may be too low, `:balance` of an account,
  and `:read`, the sum of all, which it answers as that of one account `:all`."
  []
  (->ServiceClient
   (fn [{:keys [f value] :as op}]
     (case f
       :read (asked op true (BankOperation$Audit.)
                    (fn [total] (assoc op :type :ok :value {:all total})))
       :balance (asked op true (BankOperation$Balance. (int value))
                       (fn [balance] (assoc op :type :ok :value [value balance])))
       :transfer (let [{:keys [from to amount]} value]
                   (asked op false (BankOperation$Transfer. (int from) (int to) (long amount))
                          (fn [left]
                            (if (neg? (long left))
                              (assoc op :type :fail :error :insufficient)
                              (assoc op :type :ok)))))))))

;; ---- what nemeses strike

(defrecord SystemDB [struck]
  db/DB
  (setup! [_ _ _])
  (teardown! [_ _ _])
  db/Kill
  (kill! [_ {:keys [system]} node]
    (let [fault {:crash node}]
      (if (@struck fault)
        :down-already
        (do (system/strike! system fault) (swap! struck conj fault) :killed))))
  (start! [_ {:keys [system]} node]
    (let [fault {:crash node}]
      (if (@struck fault)
        (do (system/heal! system fault) (swap! struck disj fault) :started)
        :up-already)))
  db/Pause
  (pause! [_ {:keys [system]} node]
    (let [fault {:pause node}]
      (if (@struck fault)
        :paused-already
        (do (system/strike! system fault) (swap! struck conj fault) :paused))))
  (resume! [_ {:keys [system]} node]
    (let [fault {:pause node}]
      (if (@struck fault)
        (do (system/heal! system fault) (swap! struck disj fault) :resumed)
        :running-already)))
  db/Primary
  (primaries [_ test] (filterv #(= "primary" %) (:nodes test)))
  (setup-primary! [_ _ _]))

(defn system-db
  "The database of the test's system: killing is a crash, pausing a pause."
  []
  (->SystemDB (atom #{})))

(def ^:private bandwidths
  "The units of tc(8), in which bps are bytes: what an experiment file calls them."
  {"kbit" "kbit/s" "mbit" "Mbit/s" "gbit" "Gbit/s" "bps" "B/s" "kbps" "kB/s" "mbps" "MB/s" "gbps" "GB/s"})

(defn- amount
  "`:50ms` and \"50ms\" as \"50 ms\", `:1mbit` as \"1 Mbit/s\"."
  [x]
  (let [[_ number unit] (re-matches #"([0-9.]+) *(.*)" (name x))]
    (when-not number
      (throw (experiment/mistake "an amount such as :50ms or :20% is expected: " (pr-str x))))
    (str number " " (get bandwidths (str/lower-case unit) unit))))

(def ^:private behaviors
  "What Jepsen calls the things that happen to packets: what we call it, and which part counts."
  {:delay [:extra-delay :time :50ms]
   :loss [:loss :percent :20%]
   :corrupt [:corruption :percent :20%]
   :duplicate [:duplication :percent :20%]
   :reorder [:reordering :percent :20%]
   :rate [:bandwidth :rate :1mbit]})

(defn- bad-link
  "A behavior in Jepsen's words, `{:delay {:time :50ms} :loss {:percent :20%}}`, or in ours."
  [behavior]
  (into {} (map (fn [[k v]]
                  (if (map? v)
                    (let [[ours part usual] (or (behaviors k)
                                                (throw (experiment/mistake "packets cannot suffer " (pr-str k))))]
                      [ours (amount (get v part usual))])
                    [k v])))
        behavior))

(defn- mend!
  "Heals those of the faults for which `pred` holds."
  [system struck pred]
  (doseq [fault (sort-by str (filter pred @struck))]
    (system/heal! system fault)
    (swap! struck disj fault)))

(defrecord SystemNet [struck]
  net/Net
  (drop! [_ {:keys [system]} src dest]
    (let [fault {:one-way-cut (str src " -> " dest)}]
      (when-not (@struck fault)
        (swap! struck conj fault)
        (system/strike! system fault))))
  (heal! [_ {:keys [system]}] (mend! system struck any?))
  (slow! [this test] (net/slow! this test {:mean 50}))
  (slow! [this test {:keys [mean]}]
    (net/shape! this test (:nodes test) {:extra-delay (str mean " ms")}))
  (flaky! [this test] (net/shape! this test (:nodes test) {:loss {}}))
  (fast! [_ {:keys [system]}] (mend! system struck :bad-link))
  (shape! [_ {:keys [system nodes]} shaped behavior]
    ;; One shape at a time, as in Jepsen; without one, packets are as they should be.
    (mend! system struck :bad-link)
    (doseq [src nodes dest nodes
            :when (and (seq behavior) (not= src dest) (or (some #{src} shaped) (some #{dest} shaped)))]
      (let [fault (assoc (bad-link behavior) :bad-link (str src " -> " dest))]
        (when-not (@struck fault)
          (swap! struck conj fault)
          (system/strike! system fault)))))
  net/PartitionAll
  (drop-all! [this test grudge]
    (doseq [[dest sources] (sort-by key grudge) src (sort sources)]
      (net/drop! this test src dest))))

(defn system-net
  "The network between the machines of the test's system."
  []
  (->SystemNet (atom #{})))
