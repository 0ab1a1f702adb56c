(ns cairn.jepsen.faults-test
  "Packages of nemeses, what they ask of the system, and what is drawn of it."
  (:require [cairn.jepsen.checker :as checker]
            [cairn.jepsen.core :as core]
            [cairn.jepsen.generator :as gen]
            [cairn.jepsen.generator.test :as simulated]
            [cairn.jepsen.history :as h]
            [cairn.jepsen.model :as model]
            [cairn.jepsen.nemesis :as nemesis]
            [cairn.jepsen.nemesis.combined :as combined]
            [cairn.jepsen.nemesis.time :as time]
            [cairn.jepsen.net :as net]
            [cairn.jepsen.perf :as perf]
            [cairn.jepsen.service :as service]
            [cairn.jepsen.system :as system]
            [cairn.jepsen.workload :as workload]
            [clojure.java.io :as io]
            [clojure.test :refer [deftest is testing]])
  (:import (cairn.experiment.file UserMistake)
           (cairn.report.plot Mark$Curve Mark$Rule Plot Plot$SeriesKey Point)
           (java.nio.file Files)
           (java.nio.file.attribute FileAttribute)))

(defn- recorded
  "A test on a system that keeps what it is told, and what is kept."
  []
  (let [told (atom [])]
    [{:nodes ["a" "b" "c"] :net (service/system-net) :db (service/system-db)
      :system (reify system/SystemUnderTest
                (nodes [_] ["a" "b" "c"])
                (request! [_ _ _ _] 0)
                (strike! [_ fault] (swap! told conj [:strike fault]) true)
                (heal! [_ fault] (swap! told conj [:heal fault]))
                (sleep! [_ nanos] (swap! told conj [:sleep nanos])))}
     told]))

(deftest clocks-are-bumped-strobed-and-reset
  (let [[test told] (recorded)
        n (time/clock-nemesis)
        ask (fn [f value] (:clock-offsets (nemesis/invoke! n test {:f f :value value})))]
    (is (= {"a" 0.25 "b" 0.0 "c" 0.0} (ask :bump {"a" 250})))
    (is (= {"a" 0.25 "b" -0.001 "c" 0.0} (ask :bump {"b" -1})))
    (is (= [[:strike {:clock-skew "a" :by "250000 us"}] [:strike {:clock-skew "b" :by "-1000 us"}]] @told))
    (reset! told [])
    (is (= {"a" 0.25 "b" -0.001 "c" 0.0} (ask :strobe {"c" {:delta 4 :period 10 :duration 0.04}})))
    (is (= (apply concat (repeat 2 [[:strike {:clock-skew "c" :by "4000 us"}] [:sleep 10000000]
                                    [:heal {:clock-skew "c" :by "4000 us"}] [:sleep 10000000]]))
           @told))
    (reset! told [])
    (is (= {"a" 0.0 "b" -0.001 "c" 0.0} (ask :reset ["a"])))
    (nemesis/teardown! n test)
    (is (= [[:heal {:clock-skew "a" :by "250000 us"}] [:heal {:clock-skew "b" :by "-1000 us"}]] @told))))

(deftest packets-suffer-in-jepsens-words
  (let [[{:keys [net] :as test} told] (recorded)
        struck #(set (map second (filter (comp #{:strike} first) @told)))]
    (net/shape! net test ["a"] {:delay {:time :7ms} :loss {:percent :33%} :duplicate {}})
    (is (= (set (for [way ["a -> b" "a -> c" "b -> a" "c -> a"]]
                  {:bad-link way :extra-delay "7 ms" :loss "33 %" :duplication "20 %"}))
           (struck)))
    (testing "rates in the units of tc, where bps are bytes"
      (doseq [[rate bandwidth] {{} "1 Mbit/s", {:rate :300kbit} "300 kbit/s", {:rate "2.5mbps"} "2.5 MB/s"}]
        (reset! told [])
        (net/shape! net test ["a"] {:rate rate})
        (is (= #{bandwidth} (set (map :bandwidth (struck)))))))
    (net/shape! net test ["a"] {:loss {}})
    (testing "one shape at a time, and cuts are not its concern"
      (net/drop! net test "b" "c")
      (reset! told [])
      (net/shape! net test nil nil)
      (is (= 4 (count @told)))
      (is (every? (comp :bad-link second) @told))
      (net/heal! net test)
      (is (= [:heal {:one-way-cut "b -> c"}] (peek @told))))
    (is (thrown-with-msg? UserMistake #"cannot suffer :limit" (net/shape! net test ["a"] {:limit {:packets 10}})))
    (is (thrown-with-msg? UserMistake #"an amount such as" (net/shape! net test ["a"] {:loss {:percent :much}})))))

(deftest packets-that-nobody-shaped-are-late-lost-doubled-or-held-up
  (let [{:keys [generator]} (combined/packet-package {:db (service/system-db) :interval 1})]
    (is (= #{{:delay {}} {:loss {}} {:duplicate {}} {:rate {}}}
           (into #{} (keep (comp second :value)) (simulated/quick-ops (gen/nemesis (gen/limit 100 generator))))))))

(deftest partitions-by-their-names
  (let [[test told] (recorded)
        n (combined/partition-nemesis (:db test))
        start (fn [spec] (last (:value (nemesis/invoke! n test {:type :info :f :start-partition :value spec}))))]
    (doseq [[spec sizes] {:one [1 1 2] :majority [1 1 2]}]
      (is (= sizes (sort (map count (vals (start spec)))))))
    (is (= {"a" ["b"]} (start {"a" ["b"]})))
    (nemesis/invoke! n test {:type :info :f :stop-partition})
    (is (= (frequencies (map second (filter (comp #{:strike} first) @told)))
           (frequencies (map second (filter (comp #{:heal} first) @told)))))))

(def ^:private kinds #{:partition :packet :kill :pause :clock :file-corruption {:crash "primary"}})

(deftest whose-files-is-to-be-said
  (is (thrown-with-msg? UserMistake #"whose files" (combined/nemesis-package {:faults #{:file-corruption}}))))

(deftest every-package-strikes-and-is-mended
  (let [db (service/system-db)
        {:keys [nemesis generator final-generator perf]}
        (combined/nemesis-package {:db db :faults kinds :interval 1/100 :clock {:most 16 :longest 1/50}
                                   :partition {:targets [:one]} :packet {:behaviors [{:delay {} :rate {:rate :64kbit}} {:rate {}}]}
                                   :file-corruption {:targets [["service-1"]]}})
        registers (workload/register {:ops 30 :every 1/1000})
        test {:protocol :segments :seed 3 :timeout 1/100 :db db
              :generator (gen/phases (gen/time-limit 1 (gen/nemesis generator)) (gen/nemesis final-generator)
                                     (gen/clients (:generator registers)))
              :nemesis nemesis}
        {:keys [history results folder]} (core/run! (merge registers test
                                                           {:store (str (Files/createTempDirectory "store" (make-array FileAttribute 0)))}))
        done (frequencies (map :f (filter #(= :nemesis (:process %)) history)))]
    (testing "every kind struck"
      (is (= #{"partition" "packet" "kill" "pause" "clock" "file-corruption" "fault"} (set (map :name perf))))
      (doseq [f [:start-partition :stop-partition :start-packet :stop-packet :kill :start :pause :resume
                 :bump-clock :strobe-clock :reset-clock :check-clock-offsets :bitflip :truncate :strike :heal]]
        (is (pos? (long (done f 0))) (str f))))
    (testing "none of them is unknown to the nemesis or the system"
      (is (empty? (keep :exception history))))
    (testing "what was wrong with the clocks is drawn, beside latencies and rate"
      (is (some (comp seq :clock-offsets) history))
      (doseq [f ["clock-skew.png" "latency-raw.png" "latency-quantiles.png" "rate.png"]]
        (is (< 1000 (.length (io/file folder f))) f)))
    (is (contains? #{true false :unknown} (:valid? results)))))

;; ---- plots

(defn- curves [^Plot plot]
  (into {} (map (fn [^Plot$SeriesKey k mark] [(.label k) (mapv (fn [^Point p] [(.x p) (.y p)]) (.points ^Mark$Curve mark))])
                (.legend plot)
                (filter #(instance? Mark$Curve %) (.marks plot)))))

(def ^:private ten-reads
  "Ten reads of 1 to 10 ms, one each 100 ms, of which the last fails."
  (vec (mapcat (fn [i] (let [at (* i 100000000)]
                         [{:process 0 :type :invoke :f :read :time at}
                          {:process 0 :type (if (= 9 i) :fail :ok) :f :read :time (+ at (* (inc i) 1000000))}]))
               (range 10))))

(deftest rates-are-completions-in-a-second
  (let [rates (curves (perf/rate {:name "t"} ten-reads))
        width (/ 910000001.0 40e9)]
    (is (= #{"read ok" "read fail"} (set (keys rates))))
    (is (< (abs (- 9.0 (* width (reduce + (map second (rates "read ok")))))) 1e-6))
    (is (< (abs (- 1.0 (* width (reduce + (map second (rates "read fail")))))) 1e-6))))

(deftest quantiles-are-of-latencies-in-a-window
  (let [together (mapv #(update % :time mod 100000000) ten-reads)
        quantiles (curves (perf/latency-quantiles
                           {:name "t"}
                           ;; A hundred times as long, so that all lie in one window.
                           (conj together {:process :nemesis :type :info :f :x :time 1000000000})))]
    (is (= {"0.5" [6e6] "0.95" [1e7] "0.99" [1e7] "1" [1e7]}
           (update-vals quantiles #(mapv second %))))))

(deftest skews-stay-until-the-next
  (let [op (fn [time offsets] {:process :nemesis :type :info :f :bump-clock :time time :clock-offsets offsets})]
    (is (nil? (perf/clock-skew {:name "t"} ten-reads)))
    (is (= {"a" [[1.0 0.5] [3.0 0.5] [3.0 0.0] [9.0 0.0]]}
           (curves (perf/clock-skew {:name "t"} [(op 1 {"a" 0.5}) (op 3 {"a" 0.0}) (op 9 nil)]))))))

(deftest clocks-that-are-right-are-not-drawn
  (let [op (fn [time offsets] {:process :nemesis :type :info :f :bump-clock :time time :clock-offsets offsets
                               :value {"b" 250.5}})
        history [(op 1 {"a" 0.0 "b" 0.25}) (op 9 {"a" 0.0 "b" 0.0})]
        ^Plot drawn (perf/clock-skew {:name "t"} history)]
    (is (= #{"b"} (set (keys (curves drawn)))))
    (is (= ["bump-clock b"] (keep #(when (instance? Mark$Rule %) (.label ^Mark$Rule %)) (.marks drawn))))
    (is (nil? (perf/clock-skew {:name "t"} [(op 1 {"a" 0.0})])))))

(deftest lines-of-logs-that-must-not-be-there
  (let [folder (str (Files/createTempDirectory "logs" (make-array FileAttribute 0)))
        test {:folder folder :nodes ["a" "b" "c"]}
        looked #(checker/check (checker/log-file-pattern % "db.log") test [] {})]
    (doseq [[path text] {"a/db.log" "fine\npanic: lost 7\nfine\n", "nodes/n1.log" "panic: lost 8\n", "c/other.log" "panic\n"}]
      (io/make-parents (io/file folder path))
      (spit (io/file folder path) text))
    (is (= {:valid? false :count 2 :matches [{:node "a" :line "panic: lost 7"} {:node "b" :line "panic: lost 8"}]}
           (looked #"panic")))
    (is (= 1 (:count (looked "lost [7]"))))
    (is (= {:valid? true :count 0 :matches []} (looked "segfault")))))

(deftest what-no-order-explains-is-drawn
  (let [folder (str (Files/createTempDirectory "linear" (make-array FileAttribute 0)))
        op (fn [process type f value] {:process process :type type :f f :value value})
        history (h/history [(op 0 :invoke :write 1) (op 0 :ok :write 1)
                            (op 1 :invoke :write 2) (op 2 :invoke :read nil)
                            (op 1 :ok :write 2) (op 2 :ok :read 2)
                            (op 0 :invoke :read nil) (op 0 :ok :read 1)])
        check #(checker/check (checker/linearizable {:model (model/register)}) {:folder folder} % {})]
    (is (false? (:valid? (check history))))
    (let [drawn (slurp (io/file folder "linear.svg"))]
      (is (re-find #"No order explains that process 0 had read 1" drawn))
      (is (re-find #"the state is .*2" drawn))
      (is (= 1 (count (re-seq #"#ffdfe3" drawn))))
      (is (re-find #"<tspan font-weight='700'>2. </tspan>" drawn)))
    (io/delete-file (io/file folder "linear.svg"))
    (is (true? (:valid? (check (h/history (take 6 history))))))
    (is (not (.exists (io/file folder "linear.svg"))))))
