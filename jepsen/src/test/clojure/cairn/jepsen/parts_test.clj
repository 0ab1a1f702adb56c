(ns cairn.jepsen.parts-test
  "Histories, verdicts and nemeses, piece by piece."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.independent :as independent]
            [cairn.jepsen.linearizable :as linearizable]
            [cairn.jepsen.model :as model]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.speed :as speed]
            [clojure.set :as set]
            [clojure.test :refer [deftest is testing]]))

(defn- kind [f] (try (f) nil (catch clojure.lang.ExceptionInfo e (:type (ex-data e)))))

(deftest processes-do-one-thing-at-a-time
  (let [invoke {:process 0 :type :invoke :f :r :value nil}]
    (is (= ::h/double-invoke (kind #(h/pairs (h/history [invoke invoke])))))
    (is (= ::h/not-running (kind #(h/pairs (h/history [(assoc invoke :type :ok)])))))
    (is (= 1 (count (h/pairs (h/history [invoke {:process :nemesis :type :info} (assoc invoke :type :ok)])))))))

(deftest histories-are-read-as-they-were-written
  (let [file (java.io.File/createTempFile "history" ".edn")
        history (h/history [{:process 0 :type :invoke :f :write :value (h/tuple :x 1)}
                            {:process 0 :type :info :f :write :value (h/tuple :x 1) :error [:timeout "a \"b\""] :node "n"}])]
    (try
      (h/write-edn! file history)
      (is (= (str "{:index 0, :time -1, :type :invoke, :process 0, :f :write, :value [:x 1]}\n"
                  "{:index 1, :time -1, :type :info, :process 0, :f :write, :value [:x 1], :error [:timeout \"a \\\"b\\\"\"], :node \"n\"}\n")
             (slurp file)))
      (is (= history (h/retupled (h/read-edn file))))
      (is (h/tuple? (:value (first (h/retupled (h/read-edn file))))))
      (finally (.delete file)))))

(deftest a-checker-that-throws-says-nothing
  (doseq [thrown [(RuntimeException. "no") (AssertionError. "no") (StackOverflowError.)]]
    (let [result (checker/check-safe (reify checker/Checker (check [_ _ _ _] (throw thrown))) {} [])]
      (is (= :unknown (:valid? result)))
      (is (= (symbol (.getName (class thrown))) (-> result :error :via first :type))))))

(deftest verdicts-are-merged
  (let [says (fn [v] (reify checker/Checker (check [_ _ _ _] {:valid? v})))
        composed (checker/compose {:a (says true) :b (says :unknown) :c (says false)})]
    (is (= {:a {:valid? true} :b {:valid? :unknown} :c {:valid? false} :valid? false}
           (checker/check composed {} [] {})))))

(deftest keys-are-checked-by-themselves
  (let [op (fn [p type f k v] {:process p :type type :f f :value (independent/tuple k v)})
        history (h/history [(op 0 :invoke :write :x 1) (op 1 :invoke :write :y 1) (op 0 :ok :write :x 1)
                            (op 1 :ok :write :y 1) (op 0 :invoke :read :x nil) (op 0 :ok :read :x 2)])
        result (checker/check (independent/checker (checker/linearizable {:model (model/register 0)})) {} history {})]
    (is (= [false [:x]] ((juxt :valid? :failures) result)))
    (is (= 5 (get-in result [:results :x :op :index])))))

(deftest a-search-is-bounded
  (let [hard (speed/history {:clients 20 :ops 400 :seed 1})]
    (is (= [:unknown :timeout]
           ((juxt :valid? :cause) (linearizable/analysis (model/cas-register)
                                                         (speed/history {:clients 10 :ops 20000 :seed 1})
                                                         {:time-limit 0}))))
    (is (= [:unknown :out-of-memory]
           ((juxt :valid? :cause) (linearizable/analysis (model/cas-register) hard {:most-configurations 1}))))))

(deftest stale-reads-are-found
  (let [history (speed/history {:clients 5 :ops 300 :seed 2 :unique? true})
        stale (speed/spoiled history)]
    (is (true? (:valid? (linearizable/analysis (model/cas-register) history))))
    (is (false? (:valid? (linearizable/analysis (model/cas-register) stale))))))

(deftest every-model-steps
  (let [run (fn [m ops] (reduce model/step m (map (fn [[f v]] {:f f :value v}) ops)))]
    (is (= (model/multi-register {:x 1}) (run (model/multi-register) [[:txn [[:write :x 1] [:read :x 1]]]])))
    (is (model/inconsistent? (run (model/multi-register) [[:txn [[:write :x 1] [:read :x 2]]]])))
    (is (model/inconsistent? (run (model/fifo-queue) [[:enqueue 1] [:enqueue 2] [:dequeue 2]])))
    (is (not (model/inconsistent? (run (model/unordered-queue) [[:enqueue 1] [:enqueue 2] [:dequeue 2]]))))
    (is (not (model/inconsistent? (run (model/set) [[:add 1] [:read [1]]]))))
    (is (= (model/cas-register 2) (run (model/cas-register 1) [[:cas [1 2]]])))
    (is (false? (:valid? (checker/check (checker/queue (model/unordered-queue)) {}
                                        (h/history [{:process 0 :type :invoke :f :dequeue :value nil}
                                                    {:process 0 :type :ok :f :dequeue :value 1}]) {}))))))

(deftest grudges
  (let [nodes [:a :b :c :d :e]]
    (is (= [[:a :b] [:c :d :e]] (nemesis/bisect nodes)))
    (is (= {:a #{:c} :b #{:c} :c #{:a :b}} (nemesis/complete-grudge [[:a :b] [:c]])))
    (is (= #{:a :b :d :e} (set (keys (nemesis/bridge nodes)))))
    (testing "in a ring everybody hears a majority, and no two the same"
      (let [heard (map (fn [[_ hated]] (set/difference (set nodes) hated)) (nemesis/majorities-ring nodes))]
        (is (every? #(= 3 (count %)) heard))
        (is (= 5 (count (set heard))))))))

(deftest nemeses-are-composed
  (let [said (fn [k fs] (reify
                          nemesis/Nemesis
                          (setup! [this _] this) (teardown! [_ _])
                          (invoke! [_ _ op] (assoc op :value [k (:f op)]))
                          nemesis/Reflection
                          (fs [_] fs)))
        both (nemesis/compose {#{:kill} (said :a #{:kill}) {:split :start} (said :b #{:start})})]
    (is (= #{:kill :split} (nemesis/fs both)))
    (is (= {:f :kill :value [:a :kill]} (nemesis/invoke! both {} {:f :kill})))
    (is (= {:f :split :value [:b :start]} (nemesis/invoke! both {} {:f :split})))
    (is (= {:f :x-kill :value [:a :kill]}
           (nemesis/invoke! (nemesis/f-map {:kill :x-kill} (said :a #{:kill})) {} {:f :x-kill})))))
