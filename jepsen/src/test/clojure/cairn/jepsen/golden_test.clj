(ns cairn.jepsen.golden-test
  "What the checkers of Jepsen 0.3.14-SNAPSHOT, with Knossos 0.3.16 and Elle 0.2.8, answered for these
  histories: ours must answer the same. Rows are [process type f value], a millisecond apart."
  (:require [cairn.jepsen.append :as append]
            [cairn.jepsen.checker :as checker]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.model :as model]
            [clojure.test :refer [deftest is testing]]))

(defn history [rows]
  (h/history (map-indexed (fn [i [process type f value]]
                            {:index i :time (* i 1000000) :process process :type type :f f :value value})
                          rows)))

(defn- done
  "An invocation and its completion."
  ([p type f v] (done p type f v v))
  ([p type f asked answered] [[p :invoke f asked] [p type f answered]]))

(defn- run [checker test & rows]
  (checker/check checker test (history (apply concat rows)) {}))

(def ^:private w (fn [p type v] (done p type :write v)))
(def ^:private r (fn [p v] (done p :ok :read nil v)))

(def registers
  [["a write is read" true [(w 0 :ok 1) (r 0 1)]]
   ["an acknowledged write is lost" false [(w 0 :ok 1) (w 0 :ok 2) (r 0 1)]]
   ["a nil read matches anything" true [(w 0 :ok 1) (r 0 nil)]]
   ["a crashed write takes effect late" true [(w 0 :info 1) (r 1 nil) (r 1 1)]]
   ["a crashed write is not undone" false [(w 0 :ok 0) (w 0 :info 1) (r 1 1) (r 1 0)]]
   ["a nil read after a crashed write" true [(w 0 :info 1) (r 1 1) (r 1 nil)]]
   ["a failed write did not happen" false [(w 0 :fail 1) (w 1 :ok 0) (r 1 1)]]
   ["a failed cas is dropped" true [(w 0 :ok 1) (done 0 :fail :cas [1 2]) (r 0 1)]]
   ["a write that never completes" true [[[0 :invoke :write 1]] (r 1 1)]]
   ["a crashed read says nothing" true [(w 0 :ok 1) (done 1 :info :read nil)]]])

(deftest linearizable-registers
  (doseq [[name valid? rows] registers]
    (testing name
      (is (= valid? (:valid? (apply run (checker/linearizable {:model (model/cas-register)}) {} rows)))))))

(deftest linearizable-mutex
  (is (false? (:valid? (run (checker/linearizable {:model (model/mutex)}) {}
                            (done 0 :ok :acquire nil) (done 1 :ok :acquire nil))))))

(deftest sets
  (let [add (fn [type v] (done 0 type :add v))
        read #(done 1 :ok :read nil %)
        check (partial run (checker/set) {})]
    (testing "an addition that nobody knows of is recovered"
      (is (= [true "#{2}"] ((juxt :valid? :recovered)
                            (check (add :ok 1) (add :info 2) (add :fail 3) (read [1 2]))))))
    (testing "lost" (is (= [false "#{1}"] ((juxt :valid? :lost) (check (add :ok 1) (read []))))))
    (testing "unexpected" (is (= [false "#{9}"] ((juxt :valid? :unexpected) (check (add :ok 1) (read [1 9]))))))
    (testing "a failed addition that is there is recovered"
      (is (= [true 1] ((juxt :valid? :recovered-count) (check (add :fail 1) (read [1]))))))
    (testing "never read" (is (= :unknown (:valid? (check (add :ok 1))))))))

(deftest sets-in-full
  (let [add (done 0 :ok :add 1)
        read #(done 1 :ok :read nil %)]
    (testing "lost"
      (is (= [false [1]] ((juxt :valid? :lost) (run (checker/set-full) {} add (read [1]) (read []))))))
    (testing "stale by a millisecond"
      (is (= [false [1]] ((juxt :valid? :stale)
                          (run (checker/set-full {:linearizable? true}) {} add (read []) (read [1]))))))
    (testing "stale by less"
      (let [h (mapv #(update % :time quot 10) (history (concat add (read []) (read [1]))))]
        (is (true? (:valid? (checker/check (checker/set-full {:linearizable? true}) {} h {}))))))
    (testing "duplicates do not decide"
      (is (true? (:valid? (run (checker/set-full) {} add (read [1 1]))))))))

(deftest counters
  (let [check (partial run (checker/counter) {})
        add (fn [type n] (done 0 type :add n))
        read #(done 1 :ok :read nil %)]
    (is (= [false [[1 0 1]]] ((juxt :valid? :errors) (check (add :ok 1) (read 0)))))
    (is (true? (:valid? (check (add :info 5) (read 5) (read 0)))))
    (is (false? (:valid? (check (add :fail 5) (read 5)))))))

(deftest queues
  (let [check (partial run (checker/total-queue) {})
        enqueue (done 0 :ok :enqueue 1)
        dequeue #(done 1 :ok :dequeue nil %)]
    (testing "lost"
      (is (= [false {1 1}] ((juxt :valid? :lost) (check enqueue (done 1 :fail :dequeue nil))))))
    (testing "given twice"
      (is (= [true 1] ((juxt :valid? :duplicated-count) (check enqueue (dequeue 1) (dequeue 1))))))
    (testing "never enqueued"
      (is (= [false {7 1}] ((juxt :valid? :unexpected) (check (dequeue 7))))))
    (testing "drained"
      (is (true? (:valid? (check enqueue (done 1 :ok :drain nil [1]))))))))

(deftest ids
  (is (= [false {1 2}] ((juxt :valid? :duplicated)
                        (run (checker/unique-ids) {} (done 0 :ok :generate nil 1) (done 0 :ok :generate nil 1))))))

(deftest statistics
  (is (false? (:valid? (run (checker/stats) {} (w 0 :ok 1) (done 0 :fail :cas [1 2])))))
  (is (true? (:valid? (run (checker/stats) {})))))

(deftest banks
  (let [test {:accounts [0 1] :total-amount 100}
        check (fn [opts balances] (run (checker/bank opts) test (done 0 :ok :read nil balances)))]
    (is (true? (:valid? (check {} {0 40 1 60}))))
    (is (= [false [:wrong-total]] ((juxt :valid? (comp keys :errors)) (check {} {0 40 1 61}))))
    (is (= [false [:negative-value]] ((juxt :valid? (comp keys :errors)) (check {} {0 -1 1 101}))))
    (is (= [false [:nil-balance]] ((juxt :valid? (comp keys :errors)) (check {} {0 nil 1 100}))))
    (is (= [false [:unexpected-key]] ((juxt :valid? (comp keys :errors)) (check {} {2 100}))))
    (is (true? (:valid? (check {:negative-balances? true} {0 -1 1 101}))))))

(deftest long-forks
  (let [read (fn [p x y] (done p :ok :read [[:r 0 nil] [:r 1 nil]] [[:r 0 x] [:r 1 y]]))]
    (is (false? (:valid? (run (checker/long-fork 2) {} (read 0 1 nil) (read 1 nil 1)))))
    (is (true? (:valid? (run (checker/long-fork 2) {} (read 0 1 nil) (read 1 1 1)))))))

(deftest merged-verdicts
  (is (false? (checker/merge-valid [true :unknown false])))
  (is (= :unknown (checker/merge-valid [true :unknown])))
  (is (true? (checker/merge-valid []))))

;; ---- list-append

(defn- txn
  ([type mops] (txn type mops mops))
  ([type asked answered] (done 0 type :txn asked answered)))

(defn- append-x [v] [[:append :x v]])
(defn- read-x [vs] (txn :ok [[:r :x nil]] [[:r :x vs]]))

(defn- append-check [models & rows]
  (apply run (append/checker {:consistency-models models}) {} rows))

(deftest appends
  (let [strict [:strict-serializable]
        serializable [:serializable]
        acknowledged-write-lost [(txn :ok (append-x 1)) (txn :ok (append-x 2)) (read-x [1])]
        verdict (juxt :valid? :anomaly-types)]
    (testing "an acknowledged append is lost"
      (is (= [false [:G-single-item-realtime]]
             (verdict (apply append-check strict acknowledged-write-lost))))
      (is (true? (:valid? (apply append-check serializable acknowledged-write-lost)))))
    (testing "rolled back"
      (is (= [false [:G-single-item-realtime]]
             (verdict (append-check strict (txn :ok (append-x 1)) (txn :ok (append-x 2))
                                    (read-x [1 2]) (read-x [1]))))))
    (testing "forked after a recovery"
      (let [[valid? anomalies] (verdict (append-check serializable (txn :ok (append-x 1)) (txn :ok (append-x 2))
                                                      (read-x [1 2]) (txn :ok (append-x 3)) (read-x [1 3])))]
        (is (false? valid?))
        (is (some #{:incompatible-order} anomalies))))
    (testing "replayed twice"
      (let [[valid? anomalies] (verdict (append-check serializable (txn :ok (append-x 1)) (read-x [1 1])))]
        (is (false? valid?))
        (is (some #{:duplicate-elements} anomalies))))
    (testing "an aborted append is read"
      (is (= [false [:G1a]] (verdict (append-check serializable (txn :fail (append-x 1)) (read-x [1])))))
      (is (true? (:valid? (append-check serializable (txn :info (append-x 1)) (read-x [1]))))))
    (testing "a torn transaction"
      (let [[valid? anomalies]
            (verdict (append-check serializable
                                   (txn :ok [[:append :x 1] [:append :y 1]])
                                   (txn :ok [[:r :x nil] [:r :y nil]] [[:r :x [1]] [:r :y nil]])
                                   (txn :ok [[:r :x nil] [:r :y nil]] [[:r :x [1]] [:r :y [1]]])))]
        (is (false? valid?))
        (is (some #{:G-single-item} anomalies))))
    (testing "nothing happened"
      (is (= [:unknown [:empty-transaction-graph]] (verdict (append-check strict)))))))
