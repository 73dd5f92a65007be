package bigram

import (
	"strings"
	"sync"
)

// forms lists kanji that are searched as one: first the form of today, then the
// others. They are facts of these tables, in this order:
//
//   - 常用漢字表 (平成22年内閣告示第2号): the forms in brackets (いわゆる康熙字典体),
//     and others that differ as little (脱脫 産產)
//   - the forms that older computers write for its 頰 剝 塡 𠮟
//   - 人名用漢字 (戸籍法施行規則別表第二), and variants in names of persons and places;
//     斎 is a kanji of its own, but nobody remembers which さいとう it is
//   - 表外漢字字体表 (国語審議会答申, 2000), beside the simpler forms of JIS X 0208
//   - radicals that a copy out of a PDF has for the kanji (Unicode's
//     EquivalentUnifiedIdeograph)
//
// Compatibility ideographs, such as the 神 of U+FA19, are NFKC's matter.
const forms = `
亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐
殴毆 桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學
岳嶽 楽樂 渇渴 缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 帰歸 偽僞 戯戲 犠犧 旧舊 拠據
挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕 暁曉 区區 駆驅 勲勳 薫薰 径徑 茎莖 恵惠 掲揭 渓溪 経經 蛍螢
軽輕 継繼 鶏鷄雞 芸藝 撃擊 欠缺 研硏 県縣 倹儉 剣劍劔劒釼 険險 圏圈 検檢 献獻 権權 顕顯 験驗
厳嚴 広廣 効效 恒恆 黄黃 鉱鑛礦砿 号號 国國 黒黑 砕碎 済濟 斉齊斎齋 剤劑 雑雜 参參 桟棧 蚕蠶
惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅
処處 緒緖 叙敍 尚尙 将將 称稱 渉涉 焼燒 証證 奨奬 条條 状狀 乗乘 浄淨 剰剩 畳疊 縄繩 壌壤
嬢孃 譲讓 醸釀 触觸 嘱囑 真眞 寝寢 慎愼 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數 瀬瀨
声聲 青靑 静靜 税稅 窃竊 摂攝 説說 絶絕 専專 浅淺 戦戰 践踐 銭錢 潜潛 繊纖 禅禪 双雙 壮壯
争爭 荘莊 捜搜 挿插 巣巢 曽曾 痩瘦 装裝 総總 騒騷 増增 蔵藏 臓臟 即卽 属屬 続續 堕墮 対對
体體躰軆 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 担擔 単單 胆膽 団團 断斷 弾彈 遅遲 痴癡 虫蟲 昼晝
鋳鑄 庁廳 徴徵 聴聽 鎮鎭 逓遞 鉄鐵銕鐡 点點 転轉 伝傳 灯燈 当當 党黨 盗盜 稲稻 闘鬪鬭 徳德
独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 晩晚 蛮蠻 秘祕 浜濱濵
瓶甁 払拂 仏佛 併倂 並竝 餅餠 辺邊邉 変變 弁辨瓣辯 歩步 宝寶 豊豐 褒襃 翻飜 毎每 万萬 満滿
麺麵 黙默 弥彌 訳譯 薬藥 与與 予豫 余餘 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽 竜龍 両兩
猟獵 緑綠 涙淚 塁壘 礼禮 励勵 戻戾 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 郎郞 楼樓 録錄
湾灣 亀龜 舎舍 勅敕 舗舖 閲閱 却卻 歳歲 姉姊 窓窗 脱脫 内內 産產 強强 彦彥 群羣 隣鄰 略畧
跡蹟 粘黏 欲慾 間閒 糾糺
頬頰 剥剝 填塡 叱𠮟
冊册 呉吳 姫姬 娯娛 悦悅 教敎 戸戶 没沒 清淸 巌巖 顔顏 飲飮 隷隸 遥遙 瑶瑤 祷禱 祢禰 高髙
崎﨑嵜 島嶋嶌 峰峯 富冨 桑桒 館舘 野埜 吉𠮷 柳栁 橋𣘺槗 鶴靏靍鸖 喜㐂 凛凜 尭堯 桧檜 槙槇
蒋蔣 芦蘆 薮藪 禄祿 聡聰 晋晉 穣穰 亘亙 淵渕渊 国圀 学斈 土圡 梅楳 留畄畱 船舩 煕熙凞熈 晃晄
松枩 秋穐龝 宝寳 珍珎 毘毗 籠篭 園薗 棲栖 竪豎 萌萠 讃讚 回囘囬 厨廚 厩廐廏 涼凉 裏裡 床牀
毀毁 草艸 煙烟 映暎 闊濶 刃刄 函凾 冴冱 兎兔 券劵
焔焰 噛嚙 侠俠 躯軀 屡屢 蝉蟬 騨驒 箪簞 掴摑 顛顚 涜瀆 嚢囊 溌潑 醗醱 莱萊 蝋蠟 攅攢 枦櫨
舮艫 皐皋 倶俱 呑吞 嘘噓 妍姸 繋繫 唖啞 頴穎 鴎鷗 撹攪 麹麴 鹸鹼 繍繡 醤醬 掻搔 屏屛 并幷
桝枡 濾沪 弯彎 鯵鰺 鴬鶯 蛎蠣 竃竈 潅灌 諌諫 頚頸 蕊蘂蕋 賎賤 壷壺 砺礪 梼檮 涛濤 迩邇 蝿蠅
侭儘 僣僭 箏筝 麸麩 靭靱 鬱欝
長⻑ 西⻄ 青⻘ 民⺠ 鬼⻤ 麦⻨ 黄⻩ 斉⻫ 歯⻭ 竜⻯ 亀⻲ 角⻆ 骨⻣ 食⻝
`

// variants maps an old form to the form of today. 〻 is 々 as columns write it.
var variants = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{'〻': '々'}
	for group := range strings.FieldsSeq(forms) {
		all := []rune(group)
		for _, old := range all[1:] {
			m[old] = all[0]
		}
	}
	return m
})
