package demo

import "fmt"

// presentation makes a pptx with one text box a slide, and notes.
func presentation(slides []slideText) content {
	masters := [][2]string{{"slideMaster", "slideMasters/slideMaster1.xml"}}
	list := ""
	parts := append([]part{rels("_rels/.rels", [2]string{"officeDocument", "ppt/presentation.xml"})}, slideFrame()...)
	for i, s := range slides {
		n := i + 1
		masters = append(masters, [2]string{"slide", fmt.Sprintf("slides/slide%d.xml", n)})
		list += fmt.Sprintf(`<p:sldId id="%d" r:id="rId%d"/>`, 256+i, n+1)
		parts = append(parts, slideParts(n, s)...)
	}
	parts = append(parts, rels("ppt/_rels/presentation.xml.rels", masters...),
		part{"ppt/presentation.xml", "presentationml.presentation.main",
			`<p:presentation ` + slideNS + `><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>` +
				`<p:sldIdLst>` + list + `</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`})
	return office(parts)
}

func slideParts(n int, s slideText) []part {
	name := fmt.Sprintf("slide%d.xml", n)
	notes := fmt.Sprintf("notesSlide%d.xml", n)
	return []part{
		{"ppt/slides/" + name, "presentationml.slide", `<p:sld ` + slideNS + `><p:cSld>` + textBox(s.lines) + `</p:cSld></p:sld>`},
		rels("ppt/slides/_rels/"+name+".rels",
			[2]string{"slideLayout", "../slideLayouts/slideLayout1.xml"}, [2]string{"notesSlide", "../notesSlides/" + notes}),
		{"ppt/notesSlides/" + notes, "presentationml.notesSlide",
			`<p:notes ` + slideNS + `><p:cSld>` + textBox([]string{s.notes}) + `</p:cSld></p:notes>`},
		rels("ppt/notesSlides/_rels/"+notes+".rels", [2]string{"slide", "../slides/" + name}),
	}
}

func textBox(lines []string) string {
	s := `<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>` +
		`<p:sp><p:nvSpPr><p:cNvPr id="2" name="Text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>` +
		`<p:spPr><a:xfrm><a:off x="457200" y="457200"/><a:ext cx="8229600" cy="5943600"/></a:xfrm>` +
		`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>`
	for _, l := range lines {
		s += `<a:p><a:r><a:rPr lang="ja-JP"/><a:t>` + escaped(l) + `</a:t></a:r></a:p>`
	}
	return s + `</p:txBody></p:sp></p:spTree>`
}

// slideFrame is the master, layout and theme that every presentation must have.
func slideFrame() []part {
	const empty = `<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/></p:spTree></p:cSld>`
	const colours = `<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>`
	return []part{
		{"ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster", `<p:sldMaster ` + slideNS + `>` + empty + colours +
			`<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>`},
		rels("ppt/slideMasters/_rels/slideMaster1.xml.rels",
			[2]string{"slideLayout", "../slideLayouts/slideLayout1.xml"}, [2]string{"theme", "../theme/theme1.xml"}),
		{"ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout", `<p:sldLayout ` + slideNS + ` type="blank">` + empty +
			`<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`},
		rels("ppt/slideLayouts/_rels/slideLayout1.xml.rels", [2]string{"slideMaster", "../slideMasters/slideMaster1.xml"}),
		{"ppt/theme/theme1.xml", "theme", theme()},
	}
}

func theme() string {
	s := `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="plain"><a:themeElements><a:clrScheme name="plain">`
	for i, c := range []string{"dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"} {
		grey := "444444"
		if i%2 == 1 && i < 4 {
			grey = "FFFFFF"
		}
		s += fmt.Sprintf(`<a:%s><a:srgbClr val="%s"/></a:%s>`, c, grey, c)
	}
	font := `<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>`
	fill := `<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`
	line := `<a:ln w="6350">` + fill + `</a:ln>`
	effect := `<a:effectStyle><a:effectLst/></a:effectStyle>`
	return s + `</a:clrScheme><a:fontScheme name="plain"><a:majorFont>` + font + `</a:majorFont><a:minorFont>` + font + `</a:minorFont></a:fontScheme>` +
		`<a:fmtScheme name="plain"><a:fillStyleLst>` + fill + fill + fill + `</a:fillStyleLst><a:lnStyleLst>` + line + line + line +
		`</a:lnStyleLst><a:effectStyleLst>` + effect + effect + effect + `</a:effectStyleLst><a:bgFillStyleLst>` + fill + fill + fill +
		`</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
}
