(ns cairn.jepsen.generator-test
  "What generators do, on simulated threads that take a fixed time for each operation."
  (:require [cairn.jepsen.context :as ctx]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.generator.test :as simulated]
            [cairn.jepsen.independent :as independent]
            [cairn.jepsen.random :as random]
            [clojure.test :refer [deftest is testing]])
  (:import (cairn.fault SeededChoices)))

(def ^:private ms 1000000)

(defn- perfect
  "The history of a generator over threads on which everything takes ten nanoseconds and succeeds;
  `complete` makes a completion of an invocation."
  ([gen] (perfect {} gen))
  ([{:keys [concurrency complete] :or {concurrency 2}} gen]
   (let [succeed #(assoc % :type (if (= :nemesis (:process %)) :info :ok))]
     (simulated/simulate (simulated/n+nemesis-context concurrency) gen
                         (fn [_ op] (update ((or complete succeed) op) :time + simulated/perfect-latency))))))

(def ^:private invocations simulated/invocations)
(defn- fs [h] (map :f (invocations h)))
(def ^:private rs (gen/repeat {:f :r}))

(deftest elements
  (testing "nil has nothing" (is (empty? (perfect nil))))
  (testing "a map is one operation, filled in"
    (is (= [{:f :w :value 1 :type :invoke :process 0 :time 0}]
           (map #(select-keys % [:f :value :type :process :time]) (invocations (perfect {:f :w :value 1}))))))
  (testing "a sequence is one after another" (is (= [:a :b] (fs (perfect [{:f :a} {:f :b}])))))
  (testing "a function is called until it answers nil"
    (is (= [:w :w :w] (fs (perfect {:concurrency 1} (gen/limit 3 (fn [] {:f :w}))))))
    (is (empty? (perfect (fn [] nil)))))
  (testing "a function of two takes test and context"
    (is (= [2] (map :value (invocations (perfect (gen/once (fn [test _] {:f :w :value (:concurrency test)}))))))))
  (testing "a delay" (is (= [:d] (fs (perfect (delay {:f :d}))))))
  (testing "a promise waits"
    (let [p (promise)]
      (is (= :pending (first (gen/op p {} (ctx/context {:concurrency 1})))))
      (deliver p {:f :p})
      (is (= [:p] (fs (perfect p)))))))

(deftest numbers
  (is (= 3 (count (fs (perfect (gen/limit 3 rs))))))
  (is (= 1 (count (fs (perfect (gen/once rs))))))
  (is (= [:a :b :a :b] (fs (perfect {:concurrency 1} (gen/cycle 2 [{:f :a} {:f :b}])))))
  (is (= [:a :a :a] (fs (perfect {:concurrency 1} (gen/repeat 3 [{:f :a} {:f :b}])))))
  (is (= [:a :b :a :b :a] (fs (perfect {:concurrency 1} (gen/flip-flop (gen/repeat {:f :a}) (gen/limit 2 (gen/repeat {:f :b})))))))
  (is (= [:a :b :c] (fs (perfect {:concurrency 1} (gen/concat {:f :a} nil [{:f :b} {:f :c}]))))))

(deftest threads
  (testing "each thread its own"
    (is (= {0 2, 1 2, :nemesis 2}
           (frequencies (map :process (filter #(not= :ok (:type %))
                                              (filter :f (perfect {:complete #(assoc % :type :ok)}
                                                                  (gen/each-thread [{:f :a} {:f :b}])))))))))
  (testing "clients and nemesis"
    (is (= #{0 1} (set (map :process (perfect (gen/clients (gen/limit 6 rs)))))))
    (is (= #{:nemesis} (set (map :process (perfect (gen/nemesis (gen/limit 2 (gen/repeat {:type :info :f :start}))))))))
    (is (= #{0 :nemesis} (set (map :process (perfect {:concurrency 1}
                                                     (gen/nemesis {:type :info :f :n} (gen/limit 2 rs))))))))
  (testing "reserved ranges"
    (let [h (perfect {:concurrency 4} (gen/limit 100 (gen/clients (gen/reserve 1 (gen/repeat {:f :w}) 2 (gen/repeat {:f :c}) rs))))]
      (is (= {:w #{0} :c #{1 2} :r #{3}}
             (update-vals (group-by :f h) #(set (map :process %)))))))
  (testing "a crashed process is followed by another"
    (is (= [0 1 2 3] (map :process (invocations (perfect {:concurrency 1 :complete #(assoc % :type :info)}
                                                         (gen/clients (gen/limit 4 rs))))))))
  (testing "a limit of processes"
    (is (= 2 (count (invocations (perfect {:concurrency 1 :complete #(assoc % :type :info)}
                                          (gen/clients (gen/process-limit 2 rs))))))))
  (testing "each process anew"
    (is (= 3 (count (invocations (perfect {:concurrency 1 :complete #(assoc % :type :info)}
                                          (gen/clients (gen/process-limit 3 (gen/each-process (gen/once rs)))))))))))

(deftest concurrency-limits
  (let [h (perfect {:concurrency 5} (gen/clients (gen/limit 20 (gen/concurrency-limit 2 rs))))
        open (reductions (fn [n op] (if (= :invoke (:type op)) (inc n) (dec n))) 0 h)]
    (is (= 2 (reduce max open)))))

(deftest times
  (testing "for so long"
    (let [h (perfect (gen/time-limit 1/1000 (gen/delay 1/10000 rs)))]
      (is (= 10 (count (invocations h))))
      (is (every? #(< (long (:time %)) ms) (invocations h)))))
  (testing "so far apart"
    (is (= [0 100000 200000] (map :time (invocations (perfect (gen/limit 3 (gen/delay 1/10000 rs))))))))
  (testing "so far apart on average"
    (let [times (map :time (invocations (perfect (gen/limit 1000 (gen/stagger 1/1000 rs)))))]
      (is (< (* 0.9 ms) (/ (last times) 1000.0) (* 1.1 ms)))))
  (testing "sleep takes a thread and time"
    (is (= [5000000] (map :time (invocations (perfect {:concurrency 1} (gen/clients [(gen/sleep 5/1000) {:f :r}])))))))
  (testing "in turns"
    (let [h (invocations (perfect {:concurrency 1}
                                  (gen/clients (gen/time-limit 4/1000 (gen/delay 1/10000 (gen/cycle-times 1/1000 (gen/repeat {:f :a})
                                                                                                         1/1000 (gen/repeat {:f :b})))))))]
      (is (every? #(= (if (even? (quot (long (:time %)) ms)) :a :b) (:f %)) h))
      (is (< 30 (count h))))))

(deftest order
  (testing "phases wait for what is under way"
    (let [h (perfect {:concurrency 3} (gen/clients (gen/phases (gen/limit 5 rs) {:f :w})))
          w (first (filter #(and (= :w (:f %)) (= :invoke (:type %))) h))]
      (is (= 5 (count (filter #(and (= :r (:f %)) (= :ok (:type %))) (take-while #(not= w %) h)))))))
  (testing "then" (is (= [:a :b] (fs (perfect (->> {:f :a} (gen/then {:f :b})))))))
  (testing "until one is ok"
    (let [n (atom 0)]
      (is (= 3 (count (invocations (perfect {:concurrency 1 :complete #(assoc % :type (if (= 3 (swap! n inc)) :ok :fail))}
                                            (gen/clients (gen/until-ok rs)))))))))
  (testing "whichever comes first"
    (is (= #{:a :b} (set (fs (perfect (gen/clients (gen/any {:f :a} {:f :b}))))))))
  (testing "until the first is through"
    (is (<= (count (fs (perfect {:concurrency 1} (gen/clients (gen/shortest-any (gen/limit 2 rs) (gen/repeat {:f :b})))))) 20))))

(deftest mixtures
  (let [counts (frequencies (fs (perfect (gen/clients (gen/limit 1000 (gen/mix [rs (gen/repeat {:f :w})]))))))]
    (is (< 400 (counts :r) 600)))
  (is (= {:a 2 :b 3} (frequencies (fs (perfect (gen/clients (gen/mix [(gen/repeat 2 {:f :a}) (gen/repeat 3 {:f :b})]))))))))

(deftest changed
  (is (= [1] (map :x (invocations (perfect (gen/map #(assoc % :x 1) (gen/once rs)))))))
  (is (= [:kill] (fs (perfect (gen/f-map {:r :kill} (gen/once rs))))))
  (is (= [:b] (fs (perfect {:concurrency 1} (gen/filter #(= :b (:f %)) [{:f :a} {:f :b}])))))
  (testing "updates can be taken over"
    (is (= [:r :w] (fs (perfect {:concurrency 1}
                                (gen/on-update (fn [this _ _ event] (if (= :ok (:type event)) {:f :w} this))
                                               (gen/once rs))))))
    "the generator that took the first one's place acts")
  (testing "what it answered in a context is not computed again"
    (let [asked (atom 0)
          g (gen/cache (fn [] (swap! asked inc) {:f :r}))
          c (ctx/context {:concurrency 1})]
      (is (= (gen/op g {} c) (gen/op g {} c)))
      (is (= 1 @asked)))))

(deftest mistakes
  (is (thrown-with-msg? clojure.lang.ExceptionInfo #"invalid: :type is not"
                        (perfect (gen/validate {:f :r :type :ok}))))
  (is (thrown-with-msg? clojure.lang.ExceptionInfo #"threw when it was asked at 0 ns: Divide by zero"
                        (perfect (gen/friendly-exceptions (fn [] (/ 1 0)))))))

(deftest simulations
  (let [four (gen/clients (gen/limit 4 rs))
        one (simulated/n+nemesis-context 1)]
    (is (= [0 0 0 0] (map :time (simulated/quick one four))))
    (is (= [:invoke :ok :invoke :ok] (map :type (simulated/quick-ops one (gen/limit 2 four)))))
    (is (= [0 10 20 30] (map :time (simulated/perfect one four))))
    (is (= [0 10 10 20] (map :time (simulated/perfect* one (gen/limit 2 four)))))
    (is (= [0 1 2 3] (map :process (simulated/perfect-info one four))))
    (is (= [:invoke :fail :invoke :info :invoke :ok :invoke :fail] (map :type (simulated/imperfect one four))))
    (is (= 2 (count (set (map :process (simulated/perfect four))))))
    (is (thrown-with-msg? clojure.lang.ExceptionInfo #"and goes on" (simulated/quick rs)))))

(deftest independent-keys
  (testing "one after another"
    (is (= [[:a 1] [:b 1]] (map :value (invocations (perfect {:concurrency 1}
                                                             (independent/sequential-generator [:a :b] (fn [_] {:f :w :value 1}))))))))
  (testing "by groups of threads"
    (let [h (invocations (perfect {:concurrency 4}
                                  (independent/concurrent-generator 2 (range 5) (fn [_] (gen/limit 10 (gen/repeat {:f :w :value 1}))))))]
      (is (= (zipmap (range 5) (repeat 10)) (frequencies (map (comp key :value) h))))
      (is (every? #(= 1 (count (set (map (fn [op] (quot (:process op) 2)) %))))
                  (vals (group-by (comp key :value) h)))))))

(deftest chance-is-the-test's
  (testing "clojure.core's functions are asked of the run's choices"
    (let [draw #(random/with-source (random/source (SeededChoices. 3) "generator")
                  [(rand) (rand-int 100) (rand-nth [:a :b :c]) (shuffle (range 5))])]
      (is (= (draw) (draw)))
      (is (= (range 5) (sort (peek (draw)))))))
  (testing "and not elsewhere"
    (is (not= (repeatedly 5 rand) (repeatedly 5 rand)))))
